using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>When a caller goes away. A request is asked for it only by what has to wait: a server makes objects to tell it.</summary>
internal readonly struct LazyCancellation
{
    private readonly HttpContext? _context;
    private readonly CancellationToken _token;

    private LazyCancellation(HttpContext? context, CancellationToken token) => (_context, _token) = (context, token);

    public CancellationToken Token => _context?.RequestAborted ?? _token;

    public static LazyCancellation Of(HttpContext context) => new(context, default);

    public static implicit operator LazyCancellation(CancellationToken token) => new(null, token);
}
