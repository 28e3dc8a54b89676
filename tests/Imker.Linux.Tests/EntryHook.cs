using System.Runtime.CompilerServices;

namespace Imker.Linux.Tests;

/// <summary>What the test executable does instead of testing when one of its tests has started it.</summary>
internal static class EntryHook
{
#pragma warning disable CA2255 // The entry point of a test executable is generated: there is no other place before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        ReadOnlySpan<string> arguments = Environment.GetCommandLineArgs().AsSpan(1);
        HeldExecution.RunIfAsked(arguments);
        Events.SignalWaiter.RunIfAsked(arguments);
        Journal.AttachingProcess.RunIfAsked(arguments);
    }
}
