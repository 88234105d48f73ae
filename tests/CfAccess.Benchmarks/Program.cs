using CfAccess.Benchmarks.Soak;

return args switch
{
    ["soak", .. var rest] => await SoakCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/CfAccess.Benchmarks -- soak [seconds] [seed]");
    return 2;
}
