using CfAccess.ApiShield;

namespace CfAccess.Documentation.Tests.Snippets;

internal sealed class ApiShieldFromDatabase(ApiShieldRuleSetSource source)
{
    public IReadOnlyList<ApiShieldProblem> Replace(string configurations, string rules, string operations)
    {
        var documents = new ApiShieldOptions
        {
            Configurations = ApiShieldDocumentSource.FromJson(configurations),
            Rules = ApiShieldDocumentSource.FromJson(rules),
            Operations = ApiShieldDocumentSource.FromJson(operations),
        };
        if (ApiShieldRuleSet.TryLoad(documents, out var set, out var problems))
        {
            source.Update(set);
        }

        return problems;
    }
}
