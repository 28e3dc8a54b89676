using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Linux.Interop;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Programs;

public sealed class SignalTests
{
    private const int WindowChanged = 28;

    private static readonly nint SendNumber = LibcConstants.IsArm64 ? 131 : 234, ThreadIdNumber = LibcConstants.IsArm64 ? 178 : 186;

    [Fact]
    public void A_long_verification_ends_also_where_signals_come_more_often_than_it_takes()
    {
        // Without a handler the kernel does not deliver this signal at all.
        using var handler = PosixSignalRegistration.Create((PosixSignal)WindowChanged, context => context.Cancel = true);
        nint loader = Libc.Syscall(ThreadIdNumber, 0, 0, 0, 0, 0);
        bool isDone = false;
        var sender = new Thread(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                Libc.Syscall(SendNumber, (nuint)Environment.ProcessId, (nuint)loader, WindowChanged, 0, 0);
                Thread.Sleep(1);
            }
        });
        sender.Start();
        try
        {
            using KernelProgram program = Assemble.Load(ProgramType.SocketFilter, null,
                Instruction.Mov(R0, 0),
                Instruction.Alu(AluOperation.Add, R0, 1),
                Instruction.JumpIf(JumpCondition.Less, R0, 200_000, -2),
                Instruction.Exit);
            Assert.Equal(200_000u, program.Run(new TestRun { Data = new byte[64], Repeat = 1 }).ReturnValue);
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            sender.Join();
        }
    }
}
