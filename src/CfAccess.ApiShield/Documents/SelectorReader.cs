using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Documents;

/// <summary>Reads the selector of a rule, or of a preview.</summary>
internal static class SelectorReader
{
    public static ApiShieldSelector Read(ObjectReader reader)
    {
        List<ApiShieldSelectorInclude> include = [];
        List<ApiShieldSelectorExclude> exclude = [];
        foreach (var (item, pointer) in reader.Items("include"))
        {
            if (ObjectReader.Of(item, pointer, reader.Problems) is { } inner)
            {
                include.Add(new() { Host = [.. Hosts(inner)] });
                inner.End();
            }
        }

        foreach (var (item, pointer) in reader.Items("exclude"))
        {
            if (ObjectReader.Of(item, pointer, reader.Problems) is { } inner)
            {
                exclude.Add(new() { OperationIds = [.. OperationIds(inner)] });
                inner.End();
            }
        }

        reader.End();
        return new() { Include = include, Exclude = exclude };
    }

    private static IEnumerable<string> Hosts(ObjectReader reader)
    {
        foreach (var (text, pointer) in reader.Texts("host", "Write a list of hosts, such as [ \"api.example.com\" ]."))
        {
            if (HostTemplate.Parse(text, out var problem) is { } host)
            {
                yield return host.Text;
            }
            else
            {
                reader.Problems.Error(pointer, problem);
            }
        }
    }

    private static IEnumerable<string> OperationIds(ObjectReader reader)
    {
        foreach (var (text, pointer) in reader.Texts("operation_ids", "Write a list of the UUIDs of operations."))
        {
            if (!Guid.TryParseExact(text, "D", out _))
            {
                reader.Problems.Error(pointer, "is no UUID. Write the operation_id of an operation.");
            }

            yield return text.ToLowerInvariant();
        }
    }
}
