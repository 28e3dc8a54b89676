using System.Runtime.CompilerServices;
using Imker.Linux;

namespace Imker.Tracing.Tests;

/// <summary>Has the test executable hold the command that a session of one of its tests traces.</summary>
internal static class EntryHook
{
#pragma warning disable CA2255 // The entry point of a test executable is generated: there is no other place before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run() => HeldExecution.RunIfAsked(Environment.GetCommandLineArgs().AsSpan(1));
}
