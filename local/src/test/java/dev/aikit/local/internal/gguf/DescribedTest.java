package dev.aikit.local.internal.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import org.junit.jupiter.api.Test;

class DescribedTest {
    private static Json parameters(String schema) {
        Json tool = Json.parse("{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                + schema.replace('\'', '"') + "}}");
        return Described.tool(tool).get("function").get("parameters");
    }

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    @Test
    void addsWhatTheLibraryNeeds() {
        Json tool = Described.tool(json("{'type':'function','function':{'name':'f','strict':true,'parameters':{}}}"));

        assertThat(tool)
                .isEqualTo(json(
                        "{'type':'function','function':{'name':'f','description':'','parameters':{'type':'object'}}}"));
    }

    @Test
    void keepsWhatTellsTheModelSomething() {
        String schema =
                "{'type':'object','properties':{'city':{'type':'string','description':'Which'},'n':{'enum':[1,2]},"
                        + "'who':{'$ref':'#/$defs/p'},'list':{'type':'array','items':{'type':['string','null']}}},"
                        + "'required':['city'],'$defs':{'p':{'type':'object','properties':{}, 'required':[]}}}";

        assertThat(parameters(schema)).isEqualTo(json(schema));
    }

    @Test
    void leavesOutWhatWouldEndTheProgram() {
        assertThat(
                        parameters(
                                "{'type':'object','properties':{'a':{'type':'strin','description':'x'},'b':{'$ref':'http://x'},"
                                        + "'c':{'type':'string','pattern':'('},'d':{'anyOf':[]},'e':{'$ref':'#/$defs/none'},'f':true}}"))
                .isEqualTo(
                        json("{'type':'object','properties':{'a':{},'b':{},'c':{'type':'string'},'d':{},'e':{},'f':{}},"
                                + "'required':[]}"));
    }
}
