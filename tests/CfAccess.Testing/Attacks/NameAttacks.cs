using System.Security.Claims;
using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Line 27: a member named like a role, a name or a group, which makes nobody one.</summary>
public static class NameAttacks
{
    private const string OtherEmail = "bob@example.com";

    /// <summary>Members that code elsewhere takes for roles.</summary>
    public static readonly IReadOnlyList<string> RoleLike =
    [
        "groups", "Groups", "group", "group_id", "role", "roles", "Role", "scp", "wids", "cognito:groups", "custom:groups", "custom.groups",
        ClaimTypes.Role, ClaimTypes.GroupSid, ClaimTypes.PrimaryGroupSid, "HTTP://SCHEMAS.microsoft.com/ws/2008/06/identity/claims/role",
        "http://schemas.xmlsoap.org/claims/Group",
    ];

    /// <summary>Members that code elsewhere takes for names.</summary>
    public static readonly IReadOnlyList<string> NameLike =
    [
        "name", "Name", "unique_name", "preferred_username", "upn", "nickname", "Email", "common_name", "given_name", "nameid",
        ClaimTypes.Name, ClaimTypes.NameIdentifier, ClaimTypes.Email, ClaimTypes.Upn, "HTTP://SCHEMAS.xmlsoap.org/ws/2005/05/identity/claims/name",
    ];

    private static readonly AttackSetting[] Settings = [AttackSetting.Usual, AttackSetting.OwnClaimTypes, AttackSetting.LongClaimTypes];

    internal static IEnumerable<Attack> All => [.. Roles, .. Names, .. Shapes];

    private static IEnumerable<Attack> Roles =>
        from setting in Settings
        from path in new[] { AttackPaths.Role, AttackPaths.Group }
        from member in RoleLike
        select AtGroup($"{member} beside custom, at {path}, {setting}", setting, path, (_, draft) =>
            draft.Body(payload => payload[member] = new JsonArray(TestTeam.Group)));

    private static IEnumerable<Attack> Names =>
        from setting in Settings
        from member in NameLike
        select new Attack(27, $"{member} with another's address, {setting}", null)
        {
            Good = bench => AttackRequest.Asserting(bench.Person().Body(payload => payload[member] = OtherEmail).Token),
            Bad = (bench, _) => [AttackRequest.Asserting(bench.Person().Body(payload =>
            {
                payload[member] = TestTeam.Email;
                payload["email"] = OtherEmail;
            }).Token)],
            Setting = setting,
            Path = AttackPaths.Name,
            Status = 403,
        };

    private static IEnumerable<Attack> Shapes =>
        from path in new[] { AttackPaths.Role, AttackPaths.Group }
        from attack in new[]
        {
            AtGroup($"groups beside custom as a text, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload => payload["groups"] = TestTeam.Group)),
            AtGroup($"groups beside custom as objects, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload =>
                    payload["groups"] = new JsonArray(new JsonObject { ["name"] = TestTeam.Group, ["id"] = TestTeam.Group }))),
            AtGroup($"groups beside custom with an escape in its name, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.BodyText(TokenDraft.Appending($"\"\\u0067roups\":[\"{TestTeam.Group}\"]"))),
            AtGroup($"another member of custom, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload =>
                    payload["custom"] = new JsonObject { ["roles"] = new JsonArray(TestTeam.Group), ["role"] = TestTeam.Group })),
            AtGroup($"another case of the member of custom, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload => payload["custom"] = new JsonObject { ["Groups"] = new JsonArray(TestTeam.Group) })),
            AtGroup($"the group's id in custom alone, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload =>
                    payload["custom"] = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["id"] = TestTeam.Group }) })),
            AtGroup($"custom as JSON in a text, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload => payload["custom"] = $"{{\"groups\":[\"{TestTeam.Group}\"]}}")),
            AtGroup($"custom in a list, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload => payload["custom"] = new JsonArray(new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) }))),
            AtGroup($"the group in another case, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload =>
                    payload["custom"] = new JsonObject { ["groups"] = new JsonArray("Platform", "platform ", "platforms") })),
            AtGroup($"a list of groups in a text, at {path}", AttackSetting.Usual, path, (_, draft) =>
                draft.Body(payload => payload["custom"] = new JsonObject { ["groups"] = "platform,other" })),
            AtGroup($"a service in the group, at {path}", AttackSetting.Usual, path, (bench, _) => InGroup(bench.Service())),
            AtGroup($"a caller with neither an address nor a subject in the group, at {path}", AttackSetting.Usual, path, (_, draft) =>
                InGroup(draft).Body(payload => (payload["email"], payload["sub"]) = (string.Empty, string.Empty))),
            AtGroup($"a caller with a subject and a common name but no address in the group, at {path}", AttackSetting.Usual, path, (_, draft) =>
                InGroup(draft).Body(payload => (payload["email"], payload["common_name"]) = (string.Empty, TestTeam.ClientId))),
        }
        select attack;

    /// <summary>The draft of somebody in the group, as an administrator has it who added the claim.</summary>
    internal static TokenDraft InGroup(TokenDraft draft) =>
        draft.Body(payload => payload["custom"] = new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) });

    private static Attack AtGroup(string name, AttackSetting setting, string path, Func<AttackBench, TokenDraft, TokenDraft> spoil) =>
        Attack.OnDraft(27, name, null, (bench, _) => spoil(bench, bench.Person()), bench => InGroup(bench.Person())) with
        {
            Setting = setting,
            Path = path,
            Status = 403,
        };
}
