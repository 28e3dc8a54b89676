namespace Imker.TableGenerator;

/// <summary>A source file made from a table.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Content">All of it.</param>
public sealed record GeneratedFile(string Path, string Content)
{
    /// <summary>Every file that the tables give.</summary>
    public static IReadOnlyList<GeneratedFile> All(string repositoryRoot)
    {
        Table Read(string name) => Table.Read(System.IO.Path.Combine(repositoryRoot, "eng", "tables", name));
        return
        [
            EnumWriter.Write(Read("program-types.tsv"), "ProgramType", "What a program is for, and so what it may do (<c>enum bpf_prog_type</c>)."),
            EnumWriter.Write(Read("map-types.tsv"), "MapType", "The kinds of maps (<c>enum bpf_map_type</c>)."),
            EnumWriter.Write(Read("attach-types.tsv"), "AttachType", "Where a program is attached (<c>enum bpf_attach_type</c>)."),
            EnumWriter.Write(Read("link-types.tsv"), "LinkType", "What a link attaches to (<c>enum bpf_link_type</c>)."),
            HelperWriter.WriteIds(Read("helpers.tsv")),
            HelperWriter.WritePrototypes(Read("helpers.tsv")),
            HelperHeaderWriter.Write(Read("helpers.tsv")),
            InstructionWriter.WriteForms(Read("instructions.tsv")),
            InstructionWriter.WriteAliases(Read("instruction-aliases.tsv")),
            LinkLayerWriter.Write(Read("link-layer-types.tsv")),
            SectionNameWriter.Write(Read("section-names.tsv")),
            HookAlternativeWriter.Write(Read("hooks.tsv")),
            HelperProgramsWriter.Write(Read("helper-programs.tsv")),
            KfuncWriter.Write(Read("kfuncs.tsv")),
        ];
    }

    /// <summary>The directory above the running program that holds the solution.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string FindRepositoryRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Imker.slnx")))
                return directory.FullName;
        }
        throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} holds Imker.slnx.");
    }

    public bool IsCurrent(string repositoryRoot)
    {
        string path = System.IO.Path.Combine(repositoryRoot, Path);
        return File.Exists(path) && File.ReadAllText(path) == Content;
    }

    public void Write(string repositoryRoot)
    {
        string path = System.IO.Path.Combine(repositoryRoot, Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Content);
    }

    /// <summary>The first line of each.</summary>
    internal static string Header(Table table) => $"// Generated from eng/tables/{table.Name} by eng/Imker.TableGenerator; edit the table, not this file.\n";
}
