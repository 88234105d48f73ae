using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>An answer of the API, before it is put into its envelope.</summary>
internal sealed record ShieldAnswer
{
    private ShieldAnswer()
    {
    }

    public int Status { get; private init; } = StatusCodes.Status200OK;

    /// <summary>Writes the result; null for none, which is written as null.</summary>
    public Action<Utf8JsonWriter>? Result { get; private init; }

    /// <summary>Empty for a success.</summary>
    public IReadOnlyList<ShieldNote> Errors { get; private init; } = [];

    public IReadOnlyList<ShieldNote> Messages { get; private init; } = [];

    /// <summary>Writes members beside <c>result</c>; null for none.</summary>
    public Action<Utf8JsonWriter>? Beside { get; init; }

    /// <summary>Which page of a list the result is.</summary>
    public ShieldPage? Page { get; private init; }

    public static ShieldAnswer Of(Action<Utf8JsonWriter>? result, IEnumerable<ApiShieldProblem>? warnings = null, ShieldPage? page = null) => new()
    {
        Result = result,
        Messages = Notes(warnings ?? [], ApiShieldSeverity.Warning, ShieldCodes.Noticed),
        Page = page,
    };

    public static ShieldAnswer Refuse(int status, int code, string message, string? pointer = null) =>
        new() { Status = status, Errors = [new(code, message, pointer)] };

    public ShieldAnswer WithMessage(string message) => this with { Messages = [.. Messages, new(ShieldCodes.Noticed, message)] };

    /// <summary>All that is wrong with a body.</summary>
    public static ShieldAnswer Refuse(BodyProblems problems) => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Errors = Notes(problems.All, ApiShieldSeverity.Error, ShieldCodes.Invalid),
    };

    /// <summary>What is told of an object that is gone.</summary>
    public static ShieldAnswer Deleted(string name, string id) => Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString(name, id);
        writer.WriteEndObject();
    });

    public static ShieldAnswer NoRoute() => Refuse(
        StatusCodes.Status404NotFound,
        ShieldCodes.NoRoute,
        "There is no such route. The zone has to be 32 hex digits, and what an object is named by a UUID.");

    /// <param name="what">A word of ours, such as <c>rule</c>.</param>
    /// <param name="id">A UUID.</param>
    public static ShieldAnswer Unknown(string what, string id) => Refuse(
        StatusCodes.Status404NotFound, ShieldCodes.Unknown, $"There is no {what} {id}. List them to see which there are.");

    private static IReadOnlyList<ShieldNote> Notes(IEnumerable<ApiShieldProblem> problems, ApiShieldSeverity severity, int code) =>
        [.. problems.Where(problem => problem.Severity == severity).Select(problem => ShieldNote.Of(problem, code))];
}
