using System.Diagnostics.CodeAnalysis;

namespace CfAccess.ApiShield;

/// <summary>Something that is wrong with a document. Never holds a key's secret.</summary>
/// <param name="Document">Which document.</param>
/// <param name="Pointer">Where: a JSON Pointer (RFC 6901) into the document as it was given, such as <c>/0/credentials/keys/1/n</c>.</param>
/// <param name="Severity">Whether the documents can be used nevertheless.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The word of RFC 6901 and of Cloudflare's API.")]
public sealed record ApiShieldProblem(ApiShieldDocumentKind Document, string Pointer, ApiShieldSeverity Severity, string Message)
{
    /// <summary>Cloudflare's own code of the message, such as 110003; null where we know of none.</summary>
    public int? Code { get; init; }

    /// <summary>What is wrong, with Cloudflare's code where there is one.</summary>
    internal string MessageWithCode => Code is { } code ? $"{Message} ({code})" : Message;

    /// <summary>The problem in one line.</summary>
    public override string ToString() => $"{Document} {(Pointer.Length == 0 ? "(the whole document)" : Pointer)}: {MessageWithCode}";
}
