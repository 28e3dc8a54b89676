using System.Globalization;
using System.Runtime.InteropServices;
using Imker.Diagnostics;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// The mode in which an executable of ours waits to become another program; see <see cref="ChildProcess"/>. Every executable that
/// starts one calls <see cref="RunIfAsked"/> first of all.
/// </summary>
public static unsafe class HeldExecution
{
    internal const string Switch = "--held-execution";
    internal const byte Go = 1, Waiting = 1;

    private const int FailureExitCode = 127;
    private const int CloseOnExecFlag = 1;

    /// <summary>Returns when this is no such run. Else it never returns.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    public static void RunIfAsked(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [Switch, var hold, var status, var ours, var path, .. var rest]
            || !TryNumber(hold, out int holdEnd) || !TryNumber(status, out int statusEnd) || !TryNumber(ours, out int parent))
            return;
        Libc.FCntl(holdEnd, LibcConstants.FcntlSetDescriptorFlags, CloseOnExecFlag);
        Libc.FCntl(statusEnd, LibcConstants.FcntlSetDescriptorFlags, CloseOnExecFlag);
        if (!EndsWithParent(parent))
            Libc.Exit(FailureExitCode);
        // The runtime ignores SIGPIPE, and what is ignored stays so across an exec; handlers do not.
        Libc.Signal(LibcConstants.SignalPipe, LibcConstants.DefaultHandler);
        HoldAndExecute(path, rest, holdEnd, statusEnd);
    }

    /// <summary>How this program is started: by its own file alone, or by the framework's host and an assembly.</summary>
    internal static string[] OwnCommand()
    {
        string process = Environment.ProcessPath ?? "imker";
        return Path.GetFileName(process) == "dotnet" ? [process, Environment.GetCommandLineArgs()[0]] : [process];
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // The parent may have died before we could ask to be told.
    private static bool EndsWithParent(int parent) =>
        Libc.ProcessControl(LibcConstants.SetParentDeathSignal, LibcConstants.SignalTerminate, 0, 0, 0) == 0
        && Libc.ParentProcessId() == parent;

    // The pipe ends without a byte when the parent gives up or dies.
    private static bool IsLetGo(int holdEnd)
    {
        byte answer = 0;
        nint count;
        do
            count = Libc.Read(holdEnd, &answer, 1);
        while (count < 0 && Libc.LastError == Errno.Interrupted);
        return count == 1 && answer == Go;
    }

    // What is traced begins with the wait: everything that can be done before it is.
    private static void HoldAndExecute(string path, ReadOnlySpan<string> arguments, int holdEnd, int statusEnd)
    {
        byte[][] argumentBytes = new byte[arguments.Length][];
        for (int i = 0; i < arguments.Length; i++)
            argumentBytes[i] = SourceEncoding.Encode(arguments[i]);
        using var argumentVector = new CStringVector(argumentBytes);
        using CStringVector environment = CStringVector.OfEnvironment();
        int error = 0;
        fixed (byte* pathPointer = CString.Bytes(path), noPath = "\0"u8)
        {
            // The first call of a function looks it up; a file without a name is not found.
            Libc.Execute(noPath, argumentVector.Pointers, environment.Pointers);
            byte waits = Waiting;
            Libc.Write(statusEnd, &waits, 1);
            if (!IsLetGo(holdEnd))
                Libc.Exit(FailureExitCode);
            Libc.Execute(pathPointer, argumentVector.Pointers, environment.Pointers);
            error = Marshal.GetLastPInvokeError();
        }
        Libc.Write(statusEnd, &error, sizeof(int));
        Libc.Exit(FailureExitCode);
    }
}
