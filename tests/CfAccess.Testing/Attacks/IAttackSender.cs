namespace CfAccess.Testing.Attacks;

/// <summary>Carries a request to an application, without a client that corrects it on the way.</summary>
internal interface IAttackSender
{
    Task<AttackAnswer> SendAsync(AttackRequest request, string target);
}
