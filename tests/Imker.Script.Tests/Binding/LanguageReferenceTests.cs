using Imker.Script.Binding;
using Imker.TestKit;

namespace Imker.Script.Tests.Binding;

public sealed class LanguageReferenceTests
{
    private static string Page => File.ReadAllText(Path.Combine(Golden.PathOf(""), "../../../docs/language.md"));

    [Fact]
    public void The_page_on_the_language_names_every_function_builtin_and_setting()
    {
        IEnumerable<string> names = [.. LanguageReference.Functions, .. LanguageReference.Builtins, .. LanguageReference.Settings];

        Assert.All(names, name => Assert.Contains($"`{name}`", Page));
    }

    [Fact]
    public void The_page_on_the_language_claims_nothing_that_is_refused() =>
        Assert.All(LanguageReference.NotSupported, name => Assert.DoesNotContain($"`{name}", Page.Replace("`config = ", "")));
}
