using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Tests.Setup;

/// <summary>A document in configuration that cannot be watched while it is broken.</summary>
internal sealed class FragileSource(IConfigurationSection section) : ApiShieldDocumentSource
{
    private readonly ApiShieldDocumentSource _source = FromConfiguration(section);

    public bool IsBroken { get; set; }

    internal override string Name => _source.Name;

    internal override ReadOnlyMemory<byte>? Read(string root) => _source.Read(root);

    internal override IChangeToken? Watch(string root) => IsBroken ? throw new IOException() : _source.Watch(root);
}
