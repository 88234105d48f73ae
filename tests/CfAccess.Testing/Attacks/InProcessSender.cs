using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Primitives;

namespace CfAccess.Testing.Attacks;

/// <summary>Sets the headers of a request as strings, whatever they hold.</summary>
internal sealed class InProcessSender(TestServer server) : IAttackSender
{
    public async Task<AttackAnswer> SendAsync(AttackRequest request, string target)
    {
        try
        {
            var context = await server.SendAsync(context =>
            {
                var query = target.IndexOf('?', StringComparison.Ordinal);
                context.Request.Path = query < 0 ? target : target[..query];
                context.Request.QueryString = new(query < 0 ? null : target[query..]);
                foreach (var (name, value) in request.Headers)
                {
                    var held = name == "Host" ? StringValues.Empty : context.Request.Headers[name];
                    context.Request.Headers[name] = StringValues.Concat(held, value);
                }
            });
            using var body = new StreamReader(context.Response.Body);
            return new AttackAnswer(
                context.Response.StatusCode,
                context.Response.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await body.ReadToEndAsync());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new AttackAnswer(500, new Dictionary<string, string>(), exception.ToString());
        }
    }
}
