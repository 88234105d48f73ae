using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Mvc.Controllers;

[Authorize("people")]
public sealed class NotesController(Notebook notes) : Controller
{
    [HttpGet("/notes")]
    public IActionResult Index() => View(notes);

    [HttpPost("/notes")]
    public IActionResult Add(NewNote note)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Index", notes);
        }

        notes.Add(User.Identity!.Name!, note.Text!);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost("/notes/clear"), Authorize("editors")]
    public IActionResult Clear()
    {
        notes.Clear();
        return RedirectToAction(nameof(Index));
    }

    [HttpGet("/admin"), Authorize(Roles = "platform")]
    public IActionResult Admin() => View(notes);
}
