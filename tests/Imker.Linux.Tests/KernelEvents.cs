namespace Imker.Linux.Tests;

/// <summary>Tests that count what this process does, which must not do it for another test at the same time.</summary>
internal static class KernelEvents
{
    public const string OneAtATime = "Kernel events of this process";
}
