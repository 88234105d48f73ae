using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CfAccess.AspNetCore.Tests.Authorization.PageHandlers;

#pragma warning disable MVC1001 // The compiler warns of what this test is about.
public sealed class HandlerPageModel : PageModel
{
    [RequireAccessEmailDomain("example.com")]
    public void OnPost() => ModelState.Clear();
}
#pragma warning restore MVC1001
