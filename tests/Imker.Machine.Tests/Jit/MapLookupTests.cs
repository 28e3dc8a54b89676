using System.Buffers.Binary;
using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Machine.Tests.Jit;

/// <summary>Lookups that generated code does itself find what the map finds.</summary>
public sealed class MapLookupTests
{
    public static TheoryData<MapType, int, int> Shapes => new()
    {
        { MapType.Array, 4, 8 }, { MapType.Array, 4, 1 }, { MapType.Array, 4, 24 }, { MapType.Hash, 4, 8 }, { MapType.Hash, 8, 3 },
        { MapType.Hash, 12, 16 }, { MapType.Hash, 16, 40 }, { MapType.Hash, 64, 8 }, { MapType.Hash, 5, 8 }, { MapType.LruHash, 8, 8 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_lookup_finds_what_is_in_the_map(MapType type, int keySize, int valueSize)
    {
        foreach (BpfMachine machine in Engines.All)
        {
            MachineMap map = machine.CreateMap(new MapSpec { Name = "map", Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = 200 });
            MachineProgram program = Program(machine, map, out int lookup);
            var random = new Random(keySize);
            for (int i = 0; i < 2000; i++)
            {
                // Few enough keys that many meet, in one chain too, and some are gone again.
                byte[] key = KeyOf(random.Next(300), keySize), value = new byte[valueSize];
                random.NextBytes(value);
                if (type != MapType.Array && random.Next(3) == 0)
                    map.TryDelete(key);
                else if (BinaryPrimitives.ReadUInt32LittleEndian(key) < 200)
                    map.TryUpdate(key, value);
                byte[] asked = KeyOf(random.Next(300), keySize), expected = new byte[valueSize];
                bool found = map.TryLookup(asked, expected);
                RunResult result = program.Run(asked);
                Assert.Null(result.Fault);
                Assert.Equal(found ? expected[0] : 256u, result.ReturnValue);
            }
            if (machine == Engines.Interpreted)
                continue;
            RunResult fault = program.Run(new byte[keySize - 1]);
            if (machine == Engines.Verified)
                continue;
            Assert.Equal(FaultKind.BadAccess, fault.Fault!.Kind);
            Assert.Equal((lookup, keySize, false), (fault.Fault.Slot, fault.Fault.Size, fault.Fault.IsWrite));
        }
    }

    private static byte[] KeyOf(int number, int size)
    {
        byte[] key = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(key, number);
        key[^1] ^= (byte)number;
        return size == sizeof(int) ? BitConverter.GetBytes(number) : key;
    }

    private static MachineProgram Program(BpfMachine machine, MachineMap map, out int lookup)
    {
        var code = new CodeBuilder();
        var missing = new Label();
        code.Emit(Instruction.Mov(Register.R2, Register.R1));
        code.Emit(Instruction.LoadImm64(Register.R1, (long)MapHandle.Of(map)));
        code.Emit(Instruction.CallHelper(HelperId.MapLookupElem));
        code.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, missing));
        code.Emit(Instruction.Load(MemorySize.Byte, Register.R0, Register.R0, 0));
        code.Emit(Instruction.Exit);
        code.Bind(missing);
        code.Emit(Instruction.Mov(Register.R0, 256), Instruction.Exit);
        lookup = 3;
        Assert.True(ProgramValidator.TryValidate("lookup", code.ToCode(), machine.Helpers, ImmutableDictionary<int, string>.Empty, out ExecutableProgram? program, out _));
        return new MachineProgram(machine, program, ProgramType.Unspecified, [map], machine.Options.Mode);
    }
}
