// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;

import io.github.fallbackai.sample.SampleApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class DashboardRestartTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void saysThatTheConnectionIsLostAndReconnects(int width) throws IOException {
		ChatPage.device(chromium.driver(), width, 844, "light");
		int port = freePort();
		DashboardPage page;
		try (ConfigurableApplicationContext before = start(port, "large")) {
			assertThat(before.isRunning()).isTrue();
			page = DashboardPage.open(chromium.driver(), port);
			page.awaitText("active-model", "large");
		}
		page.awaitConnection("lost");
		assertThat(page.element("connection").getText()).matches("Connection lost\\. Next try in \\d+ s\\.");
		try (ConfigurableApplicationContext after = start(port, "<b>new</b>")) {
			assertThat(after.isRunning()).isTrue();
			page.awaitConnection("live");
			page.awaitText("active-model", "<b>new</b>");
		}
	}

	@Test
	void endpointsThatAreGoneLeaveThePage() throws IOException {
		int port = freePort();
		DashboardPage page;
		try (ConfigurableApplicationContext before = start(port, "large")) {
			assertThat(before.isRunning()).isTrue();
			page = DashboardPage.open(chromium.driver(), port);
			page.await(() -> page.button("budget", "drill").isDisplayed());
			assertThat(page.cards()).containsExactly("premium", "budget", "last-resort");
			page.button("budget", "drill").click();
			assertThat(page.element("drill-dialog").isDisplayed()).isTrue();
		}
		page.awaitConnection("lost");
		try (ConfigurableApplicationContext after = start(port, "large", "--fallback.ai.endpoints[0].name=premium",
				"--fallback.ai.endpoints[0].url=simulator:premium", "--fallback.ai.endpoints[1].name=new",
				"--fallback.ai.endpoints[1].url=simulator:last-resort", "--fallback.ai.endpoints[1].model=small")) {
			assertThat(after.isRunning()).isTrue();
			page.awaitConnection("live");
			page.await(() -> page.cards().equals(List.of("premium", "new")));
			// No operator drills an endpoint that is gone.
			assertThat(page.element("drill-dialog").isDisplayed()).isFalse();
			assertThat(chromium.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("cards");
			page.await(() -> page.element("chart").getText().contains("new 0"));
			assertThat(page.element("chart").getText()).contains("premium 0").doesNotContain("budget");
		}
	}

	private static ConfigurableApplicationContext start(int port, String model, String... more) {
		return new SpringApplicationBuilder(SampleApplication.class).run(
				Stream
					.concat(Stream.of("--spring.profiles.active=demo", "--server.port=" + port,
							"--server.shutdown=graceful", "--fallback.ai.overrides.premium.model=" + model),
							Stream.of(more))
					.toArray(String[]::new));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
