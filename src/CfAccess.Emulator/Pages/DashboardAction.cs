namespace CfAccess.Emulator.Pages;

/// <summary>What a button of the dashboard does.</summary>
internal enum DashboardAction
{
    Rotate,
    Withdraw,
    Fail,
    Heal,
    Expire,
    Revoke,
}
