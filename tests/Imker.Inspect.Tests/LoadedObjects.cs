using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Inspect.Tests;

/// <summary>Objects of the corpus in the kernel.</summary>
internal static class LoadedObjects
{
    public static LoadedObject Load(string name)
    {
        Machine.RequireRoot();
        string path = Path.Combine(Machine.RepositoryRoot, "tests/corpus/objects", name + ".bpf.o");
        return ObjectLoader.Load(BpfObjectReader.Read(File.ReadAllBytes(path), path));
    }

    public static ObjectSelector ById(KernelProgram program) => new(SelectorKind.Id, $"{program.GetInfo().Id}");

    public static ObjectSelector ById(KernelMap map) => new(SelectorKind.Id, $"{map.GetInfo().Id}");
}
