using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Tests.Operations;

/// <summary>How a server behind the application could read a path.</summary>
public sealed class PathReadingTests
{
    [Theory]
    [InlineData("/api%2Fadmin", "/api/admin")]
    [InlineData("/api%2fadmin", "/api/admin")]
    [InlineData("/api/%61dmin", "/api/admin")]
    [InlineData("/api\\admin", "/api/admin")]
    [InlineData("/api%5Cadmin", "/api/admin")]
    [InlineData("//api///admin", "/api/admin")]
    [InlineData("/api/./admin", "/api/admin")]
    [InlineData("/x/../api/admin", "/api/admin")]
    [InlineData("/x/%2e%2e/api/admin", "/api/admin")]
    [InlineData("/../api/admin", "/api/admin")]
    [InlineData("/api;v=1/admin", "/api/admin")]
    public void What_another_server_could_read_is_found(string path, string reading)
    {
        PathReading.IsDoubtful(path).ShouldBeTrue();
        List<string> readings = [path];
        PathReading.TryAddAll(readings).ShouldBeTrue();
        readings.ShouldContain(reading);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/admin")]
    [InlineData("/api/admin/")]
    [InlineData("/api/v1.2/caf\u00e9")]
    public void An_ordinary_path_has_one_reading(string path) => PathReading.IsDoubtful(path).ShouldBeFalse();
}
