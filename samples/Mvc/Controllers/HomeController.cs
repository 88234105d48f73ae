using Microsoft.AspNetCore.Mvc;

namespace Mvc.Controllers;

public sealed class HomeController : Controller
{
    [HttpGet("/")]
    public IActionResult Index() => View();

    /// <summary>Ends the session at Access; there is none of our own.</summary>
    [HttpGet("/log-out")]
    public IActionResult LogOut() => SignOut();

    [Route("/status/{code:int}"), IgnoreAntiforgeryToken]
    public IActionResult Status(int code) => View(code);
}
