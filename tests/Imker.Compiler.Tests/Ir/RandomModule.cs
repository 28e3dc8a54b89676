using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;

namespace Imker.Compiler.Tests.Ir;

/// <summary>A module of one random function, with the maps that it uses, so that a kernel can load it.</summary>
public static class RandomModule
{
    public static IrModule Make(int seed, int size)
    {
        var module = new IrModule
        {
            Shell = new BpfObject
            {
                Name = "random",
                Maps =
                [
                    new MapSpec
                    {
                        Name = "counts", Type = MapType.Hash, KeySize = EvaluatedHelpers.KeySize,
                        ValueSize = EvaluatedHelpers.ValueSize, MaxEntries = 64,
                    },
                    new MapSpec { Name = "events", Type = MapType.RingBuffer, MaxEntries = 4096 },
                    new MapSpec { Name = "totals", Type = MapType.Array, KeySize = 4, ValueSize = 4096, MaxEntries = 1 },
                ],
            },
        };
        module.Programs.Add(new IrProgram(RandomFunction.Make(seed, size), "random"));
        return module;
    }
}
