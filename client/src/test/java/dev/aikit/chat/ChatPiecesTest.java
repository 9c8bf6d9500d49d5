package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAILimits;
import dev.aikit.json.Json;
import org.junit.jupiter.api.Test;

/** From the pieces of a stream to the answer that would have come in one. */
class ChatPiecesTest {
    private final ChatPieces pieces = new ChatPieces(OpenAILimits.defaults());

    private Json together(String... all) {
        for (String piece : all) pieces.add(Json.parse(piece.replace('\'', '"')));
        return pieces.whole();
    }

    private Json message(String... deltas) {
        for (String delta : deltas)
            pieces.add(Json.parse(("{'choices':[{'index':0,'delta':" + delta + "}]}").replace('\'', '"')));
        return pieces.whole().get("choices").get(0).get("message");
    }

    @Test
    void aLongAnswerWithLogprobsIsPutTogetherInTimeThatGrowsWithItsLength() {
        Json piece = Json.parse(
                "{\"choices\":[{\"delta\":{\"content\":\"a\",\"marks\":[1]},\"logprobs\":{\"content\":[{\"token\":\"a\"}]}}]}");
        for (int i = 0; i < 100_000; i++) pieces.add(piece); // made anew for each piece, the lists would take hours
        Json choice = pieces.whole().get("choices").get(0);
        assertThat(choice.get("logprobs").get("content").size()).isEqualTo(100_000);
        assertThat(choice.get("message").get("marks").size()).isEqualTo(100_000);
    }

    @Test
    void anEmptyReasonIsNone() {
        together("{'choices':[{'delta':{'content':'a'},'finish_reason':''}]}");
        assertThat(pieces.allFinished()).isFalse();
    }

    @Test
    void nothingMakesNothing() {
        assertThat(pieces.whole().isPresent()).isFalse();
        assertThat(pieces.allFinished()).isFalse();
    }

    @Test
    void makesTheAnswerThatWouldHaveComeInOne() {
        Json whole = together(
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','system_fingerprint':'fp','choices':[{'index':0,'delta':{'role':'assistant','content':''},'logprobs':null,'finish_reason':null}],'usage':null}",
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':{'content':'Hel'},'finish_reason':null}]}",
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':{'content':'lo'},'finish_reason':null}]}",
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}",
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[],'usage':{'total_tokens':9}}");
        assertThat(whole)
                .isEqualTo(Json.parse(
                        "{'id':'c','object':'chat.completion','created':1,'model':'m','system_fingerprint':'fp','usage':{'total_tokens':9},'choices':[{'index':0,'message':{'role':'assistant','content':'Hello'},'finish_reason':'stop'}]}"
                                .replace('\'', '"')));
        assertThat(pieces.allFinished()).isTrue();
    }

    @Test
    void contentReasoningAndRefusalGrowEachForItself() {
        Json message = message(
                "{'reasoning_content':'a'}",
                "{'content':'1','reasoning_content':'b'}",
                "{'content':'2','refusal':'n'}",
                "{'refusal':'o','reasoning':'c'}");
        assertThat(message.get("reasoning_content").asText()).isEqualTo("ab");
        assertThat(message.get("reasoning").asText()).isEqualTo("c");
        assertThat(message.get("content").asText()).isEqualTo("12");
        assertThat(message.get("refusal").asText()).isEqualTo("no");
    }

    @Test
    void anObjectWhereATextWasTakesNothingBack() {
        assertThat(message("{'content':'said'}", "{'content':{'data':'AA'}}")
                        .get("content")
                        .asText())
                .isEqualTo("said");
    }

    @Test
    void aTextMayComeWhereSomethingElseWas() {
        assertThat(message("{'audio':{'data':{}}}", "{'audio':{'data':'AA'}}", "{'audio':{'data':'BB'}}")
                        .get("audio")
                        .get("data")
                        .asText())
                .isEqualTo("AABB");
    }

    @Test
    void choicesArePutTogetherEachForItself() {
        Json choices = together(
                        "{'choices':[{'index':1,'delta':{'content':'b'}}]}",
                        "{'choices':[{'index':0,'delta':{'content':'a'}},{'index':1,'delta':{'content':'B'},'finish_reason':'stop'}]}",
                        "{'choices':[{'index':0,'delta':{'content':'A'}}]}")
                .get("choices");
        assertThat(choices.map(choice -> choice.get("index").asInt(-1)
                        + choice.get("message").get("content").asText()))
                .containsExactly("0aA", "1bB");
        assertThat(pieces.allFinished())
                .as("the first has not said why it stopped")
                .isFalse();
    }

    @Test
    void choicesWithoutAnIndexAreToldApartByTheirPlace() {
        Json choices = together("{'choices':[{'delta':{'content':'a'}},{'delta':{'content':'b'}}]}")
                .get("choices");
        assertThat(choices.map(choice -> choice.get("message").get("content").asText()))
                .containsExactly("a", "b");
    }

    @Test
    void logprobsOfAllPiecesAreJoined() {
        Json choice = together(
                        "{'choices':[{'index':0,'delta':{'content':'a'},'logprobs':{'content':[{'token':'a'}],'refusal':null}}]}",
                        "{'choices':[{'index':0,'delta':{'content':''},'logprobs':null}]}",
                        "{'choices':[{'index':0,'delta':{'content':'b'},'logprobs':{'content':[{'token':'b'},{'token':'c'}],'refusal':null}}]}")
                .get("choices")
                .get(0);
        assertThat(choice.get("logprobs")
                        .get("content")
                        .map(one -> one.get("token").asText()))
                .containsExactly("a", "b", "c");
        assertThat(choice.get("logprobs").get("refusal").isNull()).isTrue();
    }

    @Test
    void fieldsThatNobodyKnowsAreKeptAndListsAreJoined() {
        Json message =
                message("{'annotations':[{'url':'a'}],'mood':'calm'}", "{'annotations':[{'url':'b'}],'mood':'glad'}");
        assertThat(message.get("annotations").map(one -> one.get("url").asText()))
                .containsExactly("a", "b");
        assertThat(message.get("mood").asText()).isEqualTo("glad");
    }

    @Test
    void soundGrowsAndSoDoTheCallsOfOldServers() {
        Json message = message(
                "{'audio':{'id':'x','transcript':'Hel'},'function_call':{'name':'add','arguments':'[1,'}}",
                "{'audio':{'data':'AAA','transcript':'lo'},'function_call':{'arguments':'2]'}}",
                "{'audio':{'data':'BBB','expires_at':7}}");
        assertThat(message.get("audio"))
                .isEqualTo(Json.parse("{\"id\":\"x\",\"transcript\":\"Hello\",\"data\":\"AAABBB\",\"expires_at\":7}"));
        assertThat(message.get("function_call")).isEqualTo(Json.parse("{\"name\":\"add\",\"arguments\":\"[1,2]\"}"));
    }

    @Test
    void aMessageBesideADeltaIsNotReadTwice() {
        Json whole = together(
                "{'choices':[{'index':0,'delta':{'content':'a'},'message':{'content':'a'}}]}",
                "{'choices':[{'index':0,'delta':{'content':'b'},'message':{'content':'ab'}}]}");
        assertThat(whole.get("choices").get(0).get("message").get("content").asText())
                .isEqualTo("ab");
    }

    @Test
    void aMessageInThePlaceOfADeltaIsRead() {
        assertThat(together("{'choices':[{'index':0,'message':{'role':'assistant','content':'a'}}]}")
                        .get("choices")
                        .get(0)
                        .get("message")
                        .get("content")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void aDeltaThatBringsPartsInPlaceOfTextIsJoined() {
        Json message = message("{'content':[{'type':'text','text':'a'}]}", "{'content':[{'type':'text','text':'b'}]}");
        assertThat(new OpenAIMessage(message).text()).isEqualTo("ab");
    }

    @Test
    void theRoleIsThatOfThePiecesOrTheAssistants() {
        assertThat(message("{'role':'','content':'a'}").get("role").asText()).isEqualTo("assistant");
        assertThat(message("{'role':'tool'}").get("role").asText()).isEqualTo("tool");
    }
}
