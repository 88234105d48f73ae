using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Mvc.Controllers;

/// <summary>For services: no browser has a service token, so that no other site can make it send one.</summary>
[ApiController, Route("/api/notes"), Authorize("robots"), IgnoreAntiforgeryToken, SkipStatusCodePages]
public sealed class NotesApiController(Notebook notes) : ControllerBase
{
    [HttpGet]
    public IEnumerable<Note> List() => notes;

    [HttpPost]
    public IActionResult Add(NewNote note)
    {
        notes.Add(User.GetAccessServiceToken()!, note.Text!);
        return NoContent();
    }
}
