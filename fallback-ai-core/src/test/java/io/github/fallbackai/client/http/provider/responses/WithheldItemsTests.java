// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WithheldItemsTests {

	private final WithheldItems items = new WithheldItems();

	private final List<ProviderState> told = new ArrayList<>();

	/** Then the client carries out neither of them. */
	@Test
	void aResultIsThatOfAllCallsWithItsId() {
		ProviderState one = withhold("0", "c");
		ProviderState two = withhold("1", "c");
		ProviderState other = withhold("2", "d");
		this.items.carriedOut("c", this.told::add);
		assertThat(this.told).containsExactly(one, two);
		this.items.carriedOut("c", this.told::add);
		this.items.release(this.told::add);
		assertThat(this.told).containsExactly(one, two, other);
	}

	@Test
	void halfAnItemIsNotTold() {
		this.items.begin("0", true);
		this.items.add("0", notice("0"));
		this.items.carriedOut("", this.told::add);
		this.items.release(this.told::add);
		assertThat(this.told).isEmpty();
	}

	private ProviderState withhold(String place, String callId) {
		ProviderState notice = notice(place);
		this.items.begin(place, true);
		this.items.add(place, notice);
		this.items.whole(place, ProviderJson.MAPPER.createObjectNode().put("call_id", callId));
		return notice;
	}

	private static ProviderState notice(String place) {
		return new ProviderState(null, "openai", "{\"place\":" + place + "}");
	}

}
