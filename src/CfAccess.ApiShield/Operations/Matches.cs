using System.Runtime.CompilerServices;

namespace CfAccess.ApiShield.Operations;

/// <summary>
/// The operations that a request can mean. One that another beats, being as literal in every place and more so in one, is not meant. Lives
/// on the stack as long as there are few.
/// </summary>
/// <param name="matching">How operations are compared.</param>
/// <param name="keepsAll">Whether nothing is beaten: what one host has says nothing about another.</param>
internal ref struct Matches(ApiShieldMatching matching, bool keepsAll = false)
{
    private readonly ApiShieldMatching _matching = matching;
    private readonly bool _keepsAll = keepsAll;
    private Few _few;
    private List<Match>? _more;

    public int Count { get; private set; }

    public SavedOperation this[int index] => At(index).Operation;

    public void Add(SavedOperation operation, bool isOwnMethod)
    {
        var added = new Match(operation, operation.Specificity(isOwnMethod));
        for (var index = _keepsAll ? -1 : Count - 1; index >= 0; index--)
        {
            var there = At(index);
            if (ReferenceEquals(there.Operation, operation) || Yields(added.Specificity, there.Specificity))
            {
                return;
            }

            if (Yields(there.Specificity, added.Specificity))
            {
                RemoveAt(index);
            }
        }

        Set(Count, added);
        Count++;
    }

    private readonly bool Yields(in Specificity one, in Specificity other) => _matching == ApiShieldMatching.Edge
        ? one.CompareAsEdge(other) < 0
        : other.Beats(one);

    private readonly Match At(int index) => index < Few.Length ? _few[index] : _more![index - Few.Length];

    private void Set(int index, Match match)
    {
        if (index < Few.Length)
        {
            _few[index] = match;
            return;
        }

        _more ??= [];
        if (index - Few.Length < _more.Count)
        {
            _more[index - Few.Length] = match;
        }
        else
        {
            _more.Add(match);
        }
    }

    private void RemoveAt(int index)
    {
        Set(index, At(Count - 1));
        Count--;
    }

    private readonly record struct Match(SavedOperation Operation, Specificity Specificity);

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 4;

        private Match _first;
    }
}
