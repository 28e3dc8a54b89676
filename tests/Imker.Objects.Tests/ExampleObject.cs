using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects.Tests;

/// <summary>
/// A small object that a kernel takes and that has one of each: a map, a section of data, a subprogram, a callback, lines, a record.
/// On each getppid and each packet it counts in <c>@counts</c> under key 7 and in the variable <c>calls</c>.
/// </summary>
internal static class ExampleObject
{
    public const int Key = 7;

    private static readonly SourceText script = new("example.bt", "tracepoint:syscalls:sys_enter_getppid {\n  @counts[7]++; calls++;\n}\n");

    public static BpfObject Make()
    {
        var types = new BtfBuilder();
        uint number = types.AddInt("int", 4, BtfIntEncoding.Signed), wide = types.AddInt("long", 8, BtfIntEncoding.Signed), pointer = types.AddPointer(0);
        uint program = types.AddFunctionPrototype(number, new BtfParameterSpec("ctx", pointer));
        uint entry = types.AddFunction("count_getppid", program, BtfLinkage.Global), packet = types.AddFunction("count_packet", program, BtfLinkage.Global);
        uint subprogram = types.AddFunction("add_call", types.AddFunctionPrototype(number), BtfLinkage.Static);
        uint callback = types.AddFunction("see_entry", types.AddFunctionPrototype(wide,
            new BtfParameterSpec("map", pointer), new BtfParameterSpec("key", pointer), new BtfParameterSpec("value", pointer), new BtfParameterSpec("context", pointer)));
        return new BpfObject
        {
            Name = "example",
            Btf = types.ToArray(),
            Programs =
            [
                new ProgramSpec
                {
                    Name = "count_getppid",
                    Type = ProgramType.Tracepoint,
                    Entry = Function("count_getppid", entry, isGlobal: true, Count()),
                    DisplayName = "tracepoint:syscalls:sys_enter_getppid",
                },
                new ProgramSpec
                {
                    Name = "count_packet",
                    Type = ProgramType.SocketFilter,
                    Entry = Function("count_packet", packet, isGlobal: true, Count()),
                    DisplayName = "socket",
                },
            ],
            Functions = [Function("add_call", subprogram, isGlobal: false, AddCall()), Function("see_entry", callback, isGlobal: false, SeeEntry())],
            Maps =
            [
                new MapSpec
                {
                    Name = "@counts",
                    Type = MapType.Hash,
                    KeySize = 4,
                    ValueSize = 8,
                    MaxEntries = 16,
                    Flags = MapFlags.NoPreallocation,
                    BtfKeyTypeId = number,
                    BtfValueTypeId = wide,
                },
                new MapSpec { Name = "host", Type = MapType.Array, KeySize = 4, ValueSize = 16, MaxEntries = 1, Flags = MapFlags.MemoryMappable },
                new MapSpec { Name = "events", Type = MapType.RingBuffer, MaxEntries = 4096 },
            ],
            Attachments =
            [
                new TracepointAttach("count_getppid", "syscalls", "sys_enter_getppid")
                {
                    DisplayName = "tracepoint:syscalls:sys_enter_getppid",
                    Span = script.Span(0, 37),
                },
            ],
            Records =
            [
                new RecordSchema(0, new PrintfAction("%d %s\n"), 24, [new RecordField(8, new IntegerData(8, true), false), new RecordField(16, new StringData(64), true)])
                {
                    Span = script.Span(42, 50),
                },
            ],
            Views = [new MapView("@counts", "@counts", new IntegerData(4, true), new CountData())],
            Variables = [new GlobalVariable("calls", "host", 8, 8)],
        };
    }

    private static FunctionSpec Function(string name, uint type, bool isGlobal, Code code) => new()
    {
        Name = name,
        Instructions = code.Instructions,
        BtfTypeId = type,
        IsGlobal = isGlobal,
        Lines = isGlobal ? [new SourceLine(0, script.Name, 1, 1, script.Line(0).ToString()), new SourceLine(3, script.Name, 2, 3, script.Line(1).ToString())] : [],
    };

    private static Code Count()
    {
        var builder = new CodeBuilder();
        builder.Emit(
            Instruction.StoreConstant(MemorySize.Word, Register.R10, -4, Key),
            Instruction.StoreConstant(MemorySize.DoubleWord, Register.R10, -16, 1),
            Instruction.CallFunction(new FunctionReference("add_call")),
            Instruction.LoadMap(Register.R1, new MapReference("@counts")),
            Instruction.Mov(Register.R2, Register.R10),
            Instruction.Alu(AluOperation.Add, Register.R2, -4),
            Instruction.CallHelper(HelperId.MapLookupElem));
        var missing = new Label("missing");
        var done = new Label("done");
        builder.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, missing));
        builder.Emit(Instruction.Mov(Register.R1, 1));
        builder.Emit(Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, Register.R0, 0, Register.R1));
        builder.Emit(Instruction.Jump(done));
        builder.Bind(missing);
        builder.Emit(
            Instruction.LoadMap(Register.R1, new MapReference("@counts")),
            Instruction.Mov(Register.R2, Register.R10),
            Instruction.Alu(AluOperation.Add, Register.R2, -4),
            Instruction.Mov(Register.R3, Register.R10),
            Instruction.Alu(AluOperation.Add, Register.R3, -16),
            Instruction.Mov(Register.R4, 0),
            Instruction.CallHelper(HelperId.MapUpdateElem));
        builder.Bind(done);
        builder.Emit(
            Instruction.LoadMap(Register.R1, new MapReference("@counts")),
            Instruction.LoadFunction(Register.R2, new FunctionReference("see_entry")),
            Instruction.Mov(Register.R3, 0),
            Instruction.Mov(Register.R4, 0),
            Instruction.CallHelper(HelperId.ForEachMapElem),
            Instruction.Mov(Register.R0, 0),
            Instruction.Exit);
        return builder.ToCode();
    }

    private static Code AddCall() => new(
    [
        Instruction.LoadMap(Register.R1, new MapReference("host", 8, ValueAddress: true)),
        Instruction.Mov(Register.R2, 1),
        Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, Register.R1, 0, Register.R2),
        Instruction.Mov(Register.R0, 0),
        Instruction.Exit,
    ]);

    private static Code SeeEntry() => new([Instruction.Mov(Register.R0, 0), Instruction.Exit]);
}
