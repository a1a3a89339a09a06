// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.ImpatientDemoTest;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ImpatientDemoTest
@Tag("slow")
class SwitchingPageTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	private ChatPage page;

	@BeforeEach
	void open() {
		this.chaos.end();
		this.page = ChatPage.open(chromium.driver(), this.port);
	}

	@Test
	void namesTheNextModelWhileSwitching() {
		this.page.choose("premium", "hang");
		this.page.choose("budget", "hang");

		Answer answer = this.page.ask("Are you there?").awaitState("switching");

		assertThat(answer.part("next-model").getText()).isEqualTo("simulated-mini-4");
		assertThat(answer.part("progress").getText()).contains("takes over from premium (timed out)");
		this.chaos.set("budget", "refuse");
		answer.awaitState("done");
		assertThat(answer.part("progress").isDisplayed()).isFalse();
		assertThat(answer.part("badge").getText()).isEqualTo("simulated-tiny-1 · last-resort");
		assertThat(chromium.complaints()).isEmpty();
	}

}
