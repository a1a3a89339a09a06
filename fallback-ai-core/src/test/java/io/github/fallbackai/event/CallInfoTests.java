// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallInfoTests {

	private final ObjectMapper mapper = new ObjectMapper();

	@Test
	void isAChatUnlessItSaysOtherwise() {
		assertThat(new CallInfo("1", "default", null).operation()).isEqualTo(CallOperation.CHAT);
	}

	@Test
	void everythingCountsWhenTwoAreCompared() {
		CallInfo call = new CallInfo("1", "default", "search");
		assertThat(new CallInfo("1", "default", "search")).isEqualTo(call).hasSameHashCodeAs(call);
		assertThat(call).isNotEqualTo(new CallInfo("2", "default", "search"))
			.isNotEqualTo(new CallInfo("1", "other", "search"))
			.isNotEqualTo(new CallInfo("1", "default", null))
			.isNotEqualTo(new CallInfo("1", "default", "search", CallOperation.EMBEDDINGS));
	}

	@Test
	void isWrittenAndReadAsJson() throws JsonProcessingException {
		CallInfo call = new CallInfo("1", "default", "search", CallOperation.EMBEDDINGS);
		String json = this.mapper.writeValueAsString(call);
		assertThat(json)
			.isEqualTo("{\"id\":\"1\",\"chain\":\"default\",\"useCase\":\"search\"," + "\"operation\":\"EMBEDDINGS\"}");
		assertThat(this.mapper.readValue(json, CallInfo.class)).isEqualTo(call);
		String earlier = "{\"id\":\"1\",\"chain\":\"default\",\"useCase\":null}";
		assertThat(this.mapper.readValue(earlier, CallInfo.class)).isEqualTo(new CallInfo("1", "default", null));
	}

}
