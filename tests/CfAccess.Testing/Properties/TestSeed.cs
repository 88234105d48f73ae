using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CfAccess.Testing.Properties;

/// <summary>
/// What a property test generates its cases from: another seed in every run, or the one of the environment variable
/// <c>CFACCESS_TEST_SEED</c>, which gives every case of that run again.
/// </summary>
public sealed class TestSeed
{
    public const string Variable = "CFACCESS_TEST_SEED";

    private const int AtOnce = 20;

    private TestSeed(ulong value) => Value = value;

    public ulong Value { get; }

    public static TestSeed Next() => new(
        ulong.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    /// <summary>Checks a property on so many cases, and fails with the first that breaks it.</summary>
    public void Check<T>(Gen<T> cases, int count, Action<T> property) => Check(Prop.ForAll(cases.ToArbitrary(), property), count);

    /// <summary>Checks a property on so many cases, some at once, and fails with one that breaks it.</summary>
    public Task CheckAsync<T>(Gen<T> cases, int count, Func<T, Task> property) => Task.Factory.StartNew(
        () => Check(Prop.ForAll(Batches(cases), batch => Task.WhenAll(batch.Cases.Select(property))), count / AtOnce),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Variable}={Value}");

    private static Arbitrary<Batch<T>> Batches<T>(Gen<T> cases) => cases.ArrayOf(AtOnce).Select(some => new Batch<T>(some)).ToArbitrary();

    private void Check(Property property, int count) => FsCheck.Check.One(
        Config.QuickThrowOnFailure
            .WithName(ToString())
            .WithMaxTest(count)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Value), FSharpOption<int>.None))),
        property);

    /// <summary>Tells nothing of its cases, so that a failure shows only the one that its property names.</summary>
    private sealed record Batch<T>(T[] Cases)
    {
        public override string ToString() => $"{Cases.Length} cases";
    }
}
