package io.github.fallbackai.sample.page;

import java.util.Map;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class NarrowPageTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	@BeforeEach
	void heal() {
		this.chaos.end();
	}

	@Test
	void fitsASmallPhone() {
		chromium.driver()
			.executeCdpCommand("Emulation.setDeviceMetricsOverride",
					Map.of("width", 320, "height", 640, "deviceScaleFactor", 1, "mobile", true));
		ChatPage page = ChatPage.open(chromium.driver(), this.port);
		page.ask("averyveryverylongwordthatdoesnotwantto".repeat(5)).awaitState("done");
		assertThat(chromium.driver().executeScript("return document.documentElement.scrollWidth")).isEqualTo(320L);
	}

}
