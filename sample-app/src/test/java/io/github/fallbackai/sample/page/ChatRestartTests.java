// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;
import java.net.ServerSocket;

import io.github.fallbackai.sample.SampleApplication;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class ChatRestartTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Test
	void goesOnWithTheConversationAfterTheServerWasRestarted() throws IOException {
		int port = freePort();
		ChatPage page;
		Answer broken;
		try (ConfigurableApplicationContext before = start(port)) {
			assertThat(before.isRunning()).isTrue();
			page = ChatPage.open(chromium.driver(), port);
			page.ask("Who are you?").awaitState("done");
			page.choose("premium", "hang-mid-stream");
			broken = page.ask("And why?").awaitState("streaming");
		}
		broken.awaitState("failed");
		assertThat(broken.text()).startsWith("You asked: “And why?”");
		assertThat(broken.part("error").getText()).contains("server");
		page.await(() -> page.element("panel-notice").isDisplayed());
		try (ConfigurableApplicationContext after = start(port)) {
			assertThat(after.isRunning()).isTrue();
			page.await(() -> !page.element("panel-notice").isDisplayed());
			broken.part("retry").click();
			page.await(() -> page.answer(1).state().equals("done"));
			assertThat(page.answer(1).text()).contains("Before, you asked: “Who are you?”");
		}
	}

	private static ConfigurableApplicationContext start(int port) {
		return new SpringApplicationBuilder(SampleApplication.class).run("--spring.profiles.active=demo",
				"--server.port=" + port, "--fallback.ai.defaults.timeout.idle=1m",
				"--fallback.ai.defaults.timeout.first-content=1m", "--fallback.ai.deadline=2m", "--sample.speed=10");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
