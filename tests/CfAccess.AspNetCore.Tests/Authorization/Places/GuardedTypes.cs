using CfAccess.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace CfAccess.AspNetCore.Tests.Authorization.Places;

// The framework calls actions and hub methods on an instance.
#pragma warning disable CA1822

// The same demand, a person in the group, in every place where the framework reads an attribute.

[RequireAccessGroup(TestTeam.Group)]
public abstract class GuardedController : ControllerBase;

public sealed class InheritingController : GuardedController
{
    [HttpGet("/controller-inherited")]
    public string Read() => "in";
}

public sealed class GuardedActionController : ControllerBase
{
    [HttpGet("/controller-action"), RequireAccessGroup(TestTeam.Group)]
    public string Read() => "in";

    [HttpGet("/controller-action-with-people"), Authorize("people"), RequireAccessGroup(TestTeam.Group)]
    public string ReadWithPeople() => "in";
}

/// <summary>Reached by the default route of MVC without endpoint routing.</summary>
public sealed class ClassicController : Controller
{
    [RequireAccessGroup(TestTeam.Group)]
    public string Read() => "in";

    [Authorize("people"), RequireAccessGroup(TestTeam.Group)]
    public string ReadWithPeople() => "in";
}

[RequireAccessGroup(TestTeam.Group)]
public sealed class GuardedPageModel : PageModel;

[RequireAccessGroup(TestTeam.Group)]
public sealed class GuardedHub : Hub
{
    public string Read() => "in";
}

public class MethodHub : Hub
{
    [RequireAccessGroup(TestTeam.Group)]
    public string Read() => "in";

    [Authorize("people"), RequireAccessGroup(TestTeam.Group)]
    public string ReadWithPeople() => "in";

    [RequireAccessGroup(TestTeam.Group)]
    public virtual string ReadOverridden() => "base";
}

public sealed class OverridingHub : MethodHub
{
    public override string ReadOverridden() => "in";
}

public sealed class MethodReportsService : OpenReports.OpenReportsBase
{
    [RequireAccessGroup(TestTeam.Group)]
    public override Task<ReportReply> Read(ReportRequest request, ServerCallContext context) => Task.FromResult(new ReportReply { Text = "in" });
}

[RequireAccessGroup(TestTeam.Group)]
public sealed class GuardedReportsService : GuardedReports.GuardedReportsBase
{
    public override Task<ReportReply> Read(ReportRequest request, ServerCallContext context) => Task.FromResult(new ReportReply { Text = "in" });
}
