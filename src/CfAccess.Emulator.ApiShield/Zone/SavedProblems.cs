using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>What is wrong with the documents of the zone after a change, as problems of the body that asked for the change.</summary>
/// <param name="problems">The problems, with pointers into the documents.</param>
/// <param name="document">The document that was changed.</param>
internal sealed class SavedProblems(IReadOnlyList<ApiShieldProblem> problems, ApiShieldDocumentKind document)
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>The problems of one changed item.</summary>
    /// <param name="index">The place of the item in its document.</param>
    /// <param name="pointer">The pointer of the item in the body.</param>
    public IEnumerable<ApiShieldProblem> OfItem(int index, string pointer)
    {
        var place = JsonPointer.Item(string.Empty, index);
        _changed.Add(place);
        return JsonPointer.Move(problems.Where(problem => problem.Document == document), place, pointer);
    }

    /// <summary>The errors that are in none of the changed items, for example that the zone has too many items.</summary>
    public IEnumerable<ApiShieldProblem> Others() => problems
        .Where(problem => problem.Severity == ApiShieldSeverity.Error
            && !(problem.Document == document && _changed.Any(place => JsonPointer.IsAt(problem.Pointer, place))))
        .Select(problem => problem with
        {
            Pointer = string.Empty,
            Message = problem.Pointer.Length == 0
                ? $"cannot be saved: with it, the zone {problem.Message}"
                : $"cannot be saved: with it, {problem.Pointer} of the {problem.Document} {problem.Message}",
        });
}
