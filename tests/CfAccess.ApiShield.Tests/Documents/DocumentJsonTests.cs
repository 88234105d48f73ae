using System.Text;
using CfAccess.ApiShield.Documents;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>What the text of a document may be.</summary>
public sealed class DocumentJsonTests
{
    [Theory]
    [InlineData("""[{"a":1},{"a":2}]""", "/0 /1")]
    [InlineData("""{"a":1}""", "")]
    [InlineData("""{"result":[{"a":1}],"success":true,"errors":[],"messages":[]}""", "/result/0")]
    [InlineData("""{"result":{"a":1},"success":true,"errors":[],"messages":[]}""", "/result")]
    [InlineData("""{"result":[{"a":1}],"result_info":{"page":1,"per_page":50,"count":1,"total_count":1,"total_pages":1},"success":true}""", "/result/0")]
    [InlineData("[]", null)]
    [InlineData("[ // POST v1.example.com/login\n{} /* that */ ]", "/0")]
    [InlineData("\uFEFF[{}]", "/0")]
    public void Lists_objects_and_answers_of_the_api_are_read(string json, string? pointers)
    {
        var (found, problems) = Read(Encoding.UTF8.GetBytes(json));

        problems.ShouldBeEmpty();
        string.Join(' ', found.Select(one => one.Pointer)).ShouldBe(pointers ?? string.Empty);
        found.Count.ShouldBe(pointers is null ? 0 : pointers.Split(' ').Length);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("[\n{\"a\":}]", "line 2, at byte 6")]
    [InlineData("[{}] []", "line 1")]
    [InlineData("[{},]", "line 1")]
    [InlineData("5", "has to be a list of objects")]
    [InlineData("""{"success":false,"result":null}""", "tells of a failure")]
    [InlineData("""{"success":true,"result":null}""", "has to be a list of objects")]
    [InlineData("""{"success":true,"result":[{}],"result_info":{"total_count":2}}""", "one page of several")]
    [InlineData("""{"success":true,"result":[{},{}],"result_info":{"total_pages":2}}""", "one page of several")]
    [InlineData("""{"success":true,"result":[],"result_info":{"total_count":1e99}}""", "one page of several")]
    [InlineData("""[{"a":"\ud800"}]""", "surrogate")]
    [InlineData("""[{"\udc00":1}]""", "surrogate")]
    public void What_is_no_document_is_told_of(string json, string said) =>
        Read(Encoding.UTF8.GetBytes(json)).Problems.ShouldHaveSingleItem().Message.ShouldContain(said);

    [Fact]
    public void A_text_that_is_not_utf8_is_no_document() => Read([(byte)'[', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)']'])
        .Problems.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");

    [Fact]
    public void Depth_is_bounded() => Read(Encoding.UTF8.GetBytes(new string('[', 100_000))).Problems.ShouldHaveSingleItem();

    [Fact]
    public void A_member_stands_once()
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Rules);
        var (item, pointer) = DocumentJson.Read("""[{"a~/b":1,"a~/b":2}]"""u8.ToArray(), problems)[0];
        var reader = ObjectReader.Of(item, pointer, problems).ShouldNotBeNull();
        reader.Ignore("a~/b");
        reader.End();

        problems.All.ShouldHaveSingleItem().Pointer.ShouldBe("/0/a~0~1b");
    }

    private static (IReadOnlyList<(System.Text.Json.JsonElement Item, string Pointer)> Found, IReadOnlyList<ApiShieldProblem> Problems) Read(byte[] utf8)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Rules);
        return (DocumentJson.Read(utf8, problems), problems.All);
    }
}
