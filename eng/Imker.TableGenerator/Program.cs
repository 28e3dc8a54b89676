using Imker.TableGenerator;

// Usage: dotnet run --project eng/Imker.TableGenerator [-- --check]
// Writes the *.g.cs files from eng/tables; with --check it writes nothing and fails when one is out of date.
bool check = args is ["--check"];
string root = GeneratedFile.FindRepositoryRoot();
int stale = 0;
foreach (GeneratedFile file in GeneratedFile.All(root))
{
    if (file.IsCurrent(root))
        continue;
    stale++;
    Console.WriteLine(check ? $"{file.Path} is out of date" : file.Path);
    if (!check)
        file.Write(root);
}
return check && stale > 0 ? 1 : 0;
