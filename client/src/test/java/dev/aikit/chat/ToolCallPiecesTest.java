package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deltas of tool calls in the shapes that servers are known to send. */
class ToolCallPiecesTest {
    /** Each text holds the deltas of one piece. */
    private static List<String> together(String... pieces) {
        ToolCallPieces calls = new ToolCallPieces(1000);
        for (String piece : pieces)
            calls.add(Json.parse("[" + piece.replace('\'', '"') + "]").items());
        return calls.whole().stream()
                .map(OpenAIToolCall::new)
                .map(call -> call.id() + " " + call.type() + " " + call.name() + " " + call.arguments())
                .toList();
    }

    @Test
    void asOpenAISendsThem() {
        assertThat(together(
                        "{'index':0,'id':'a','type':'function','function':{'name':'add','arguments':''}}",
                        "{'index':0,'function':{'arguments':'[1,'}}",
                        "{'index':0,'function':{'arguments':'2]'}}",
                        "{'index':1,'id':'b','type':'function','function':{'name':'sub','arguments':''}}",
                        "{'index':1,'function':{'arguments':'[3]'}}"))
                .containsExactly("a function add [1,2]", "b function sub [3]");
    }

    @Test
    void interleaved() {
        assertThat(together(
                        "{'index':0,'id':'a','function':{'name':'add','arguments':'[1'}},{'index':1,'id':'b','function':{'name':'sub','arguments':'[2'}}",
                        "{'index':1,'function':{'arguments':',4]'}}",
                        "{'index':0,'function':{'arguments':',3]'}}"))
                .containsExactly("a function add [1,3]", "b function sub [2,4]");
    }

    @Test
    void idAndNameInEachPiece() {
        assertThat(together(
                        "{'index':0,'id':'a','type':'function','function':{'name':'add','arguments':'[1,'}}",
                        "{'index':0,'id':'a','type':'function','function':{'name':'add','arguments':'2]'}}"))
                .containsExactly("a function add [1,2]");
    }

    @Test
    void emptyIdNameAndTypeAfterTheFirstPiece() {
        assertThat(together(
                        "{'index':0,'id':'a','type':'function','function':{'name':'add','arguments':'[1,'}}",
                        "{'index':0,'id':'','type':'','function':{'name':'','arguments':'2]'}}",
                        "{'index':0,'id':null,'type':null,'function':{'name':null,'arguments':null}}"))
                .containsExactly("a function add [1,2]");
    }

    @Test
    void anIdThatComesLate() {
        assertThat(together(
                        "{'index':0,'id':'','function':{'name':'add','arguments':'[1,'}}",
                        "{'index':0,'id':'a','function':{'arguments':'2]'}}"))
                .containsExactly("a function add [1,2]");
    }

    @Test
    void noIdAtAll() {
        assertThat(together("{'index':0,'id':'','function':{'name':'add','arguments':'[1]'}}"))
                .containsExactly(" function add [1]");
    }

    @Test
    void noIndexButIds() {
        assertThat(together(
                        "{'id':'a','function':{'name':'add','arguments':'[1,'}}",
                        "{'id':'a','function':{'arguments':'2]'}}",
                        "{'id':'b','function':{'name':'add','arguments':'[3]'}}"))
                .containsExactly("a function add [1,2]", "b function add [3]");
    }

    @Test
    void noIndexAndTheIdInTheFirstPieceOnly() {
        assertThat(together(
                        "{'id':'a','function':{'name':'add','arguments':''}}",
                        "{'function':{'arguments':'[1,'}}",
                        "{'function':{'arguments':'2]'}}",
                        "{'id':'b','function':{'name':'sub'}}",
                        "{'function':{'arguments':'[3]'}}"))
                .containsExactly("a function add [1,2]", "b function sub [3]");
    }

    @Test
    void neitherIndexNorId() {
        assertThat(together(
                        "{'function':{'name':'add','arguments':'[1]'}},{'function':{'name':'add','arguments':'[2]'}}",
                        "{'function':{'name':'sub','arguments':'[3]'}}"))
                .containsExactly(" function add [1]", " function add [2]", " function sub [3]");
    }

    @Test
    void allNumberedZeroButWithIdsOfTheirOwn() {
        assertThat(together(
                        "{'index':0,'id':'a','function':{'name':'add','arguments':'[1]'}}",
                        "{'index':0,'id':'b','function':{'name':'add','arguments':'[2]'}}",
                        "{'index':0,'id':'c','function':{'name':'sub','arguments':'[3]'}}"))
                .containsExactly("a function add [1]", "b function add [2]", "c function sub [3]");
    }

    @Test
    void anIndexThatDoesNotBeginAtZeroOrIsSpelledAsAText() {
        assertThat(together(
                        "{'index':3,'id':'a','function':{'name':'add','arguments':'[1'}}",
                        "{'index':3,'function':{'arguments':']'}}"))
                .containsExactly("a function add [1]");
    }

    @Test
    void aNewIdInEachPieceOfOneCall() {
        assertThat(together(
                        "{'index':0,'id':'a','function':{'name':'add','arguments':'[1,'}}",
                        "{'index':0,'id':'z','function':{'arguments':'2]'}}"))
                .containsExactly("a function add [1,2]");
    }

    @Test
    void wholeArgumentsAtOnceAsTextOrAsObject() {
        assertThat(
                        together(
                                "{'index':0,'id':'a','function':{'name':'add','arguments':'[1]'}},{'index':1,'id':'b','function':{'name':'set','arguments':{'x':1}}}"))
                .containsExactly("a function add [1]", "b function set {\"x\":1}");
    }

    @Test
    void blankArguments() {
        assertThat(together(
                        "{'index':0,'id':'a','function':{'name':'now','arguments':''}}",
                        "{'index':1,'id':'b','function':{'name':'now','arguments':'  '}}",
                        "{'index':2,'id':'c','function':{'name':'now','arguments':null}}",
                        "{'index':3,'id':'d','function':{'name':'now'}}"))
                .containsExactly("a function now {}", "b function now {}", "c function now {}", "d function now {}");
    }

    @Test
    void fieldsThatNobodyKnowsAreKept() {
        ToolCallPieces calls = new ToolCallPieces(1000);
        calls.add(Json.parse(
                        "[{\"index\":0,\"id\":\"a\",\"extra_content\":{\"s\":1},\"function\":{\"name\":\"f\",\"strict\":true}}]")
                .items());
        Json call = calls.whole().get(0);
        assertThat(call.get("extra_content").get("s").asInt(0)).isEqualTo(1);
        assertThat(call.get("function").get("strict").asBoolean(false)).isTrue();
        assertThat(call.get("index").isPresent()).as("belongs to the pieces").isFalse();
    }
}
