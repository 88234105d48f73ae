using CfAccess.AspNetCore;
using CfAccess.Shared.AccessToken;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CfAccess.Cli.Tokens;

/// <summary>The token that a command is about. Where a request would carry two different ones, there is none of them.</summary>
internal sealed record TokenInput(string? Token, IReadOnlyList<string> Notes)
{
    public const string Variable = "CFACCESS_TOKEN";
    public const string StandardInput = "-";
    private const string Cookie = "Cookie";

    /// <summary>Nobody pastes more.</summary>
    private const int Longest = 4 * 1024 * 1024;

    /// <summary>Takes it from the argument or <c>--header</c>, else from the environment, else from standard input.</summary>
    /// <exception cref="CliException">There is no token, or it is given twice.</exception>
    public static async Task<TokenInput> ReadAsync(
        string[] arguments, string[] headers, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (arguments.Length > 0 && headers.Length > 0)
        {
            throw CliException.WrongUse("The token is given twice, as an argument and by --header. Give one.");
        }

        if (headers.Length > 0)
        {
            return OfHeaders(headers);
        }

        if (arguments is [StandardInput])
        {
            return Of(await ReadAllAsync(surroundings.In, cancellationToken));
        }

        if (arguments.Length > 0)
        {
            return Of(string.Join(' ', arguments));
        }

        if (surroundings.Variable(Variable) is { Length: > 0 } variable)
        {
            return Of(variable);
        }

        return surroundings.IsInputRedirected ? Of(await ReadAllAsync(surroundings.In, cancellationToken)) : throw PastedToken.NoToken();
    }

    private static TokenInput Of(string text)
    {
        var line = text.Trim();
        if (NameOf(line) is not null)
        {
            return OfHeaders([line]);
        }

        var pasted = PastedToken.Of(line);
        return new(pasted.Text, pasted.Notes);
    }

    private static async Task<string> ReadAllAsync(TextReader reader, CancellationToken cancellationToken)
    {
        var text = new char[Longest + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return length <= Longest ? new string(text, 0, length) : throw CliException.WrongUse("Standard input is far longer than a token.");
    }

    /// <summary>Which of the headers that hold a token a line begins with, if with one.</summary>
    private static string? NameOf(string line)
    {
        var name = line.AsSpan(0, Math.Max(line.IndexOf(':', StringComparison.Ordinal), 0)).Trim();
        return name.Equals(CloudflareAccessDefaults.AssertionHeader, StringComparison.OrdinalIgnoreCase) ? CloudflareAccessDefaults.AssertionHeader
            : name.Equals(Cookie, StringComparison.OrdinalIgnoreCase) ? Cookie
            : null;
    }

    /// <summary>Reads header lines as the library reads those of a request.</summary>
    private static TokenInput OfHeaders(string[] lines)
    {
        var request = new DefaultHttpContext().Request;
        var notes = new List<string>();
        foreach (var line in lines)
        {
            if (NameOf(line) is { } name)
            {
                // What else stands in the line is what the library is to judge.
                var parts = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length > 1)
                {
                    notes.Add("The header line held line breaks, as from a copied e-mail; they were taken out.");
                }

                request.Headers[name] = StringValues.Concat(request.Headers[name], string.Concat(parts));
            }
            else
            {
                throw CliException.WrongUse(
                    $"--header takes a whole line '{CloudflareAccessDefaults.AssertionHeader}: …' or 'Cookie: …'; the library reads a token from nothing else.");
            }
        }

        var reading = TokenReader.Read(request, CloudflareAccessTokenSources.HeaderThenCookie);
        return reading.IsEmpty
            ? throw CliException.WrongUse(
                $"There is no token in that: a Cookie line needs {CloudflareAccessDefaults.AuthorizationCookie}=…, with its name written exactly so.")
            : new(reading.Token, notes);
    }
}
