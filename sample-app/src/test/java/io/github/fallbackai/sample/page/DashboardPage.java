// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The dashboard as an operator sees it.
 */
final class DashboardPage {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration GLANCE = Duration.ofMillis(50);

	private final ChromeDriver driver;

	private DashboardPage(ChromeDriver driver) {
		this.driver = driver;
	}

	static DashboardPage open(ChromeDriver driver, int port) {
		driver.get("http://localhost:" + port + "/actuator/fallbackaidashboard");
		return new DashboardPage(driver).awaitConnection("live");
	}

	DashboardPage awaitConnection(String state) {
		await(() -> state.equals(element("connection").getDomAttribute("data-state")));
		return this;
	}

	void awaitText(String testId, String text) {
		await(() -> element(testId).getText().contains(text));
	}

	void awaitState(String endpoint, String state) {
		await(() -> state.equals(card(endpoint).getDomAttribute("data-state")));
	}

	WebElement card(String endpoint) {
		return this.driver.findElement(By.cssSelector("[data-endpoint='" + endpoint + "']"));
	}

	/** Names of the endpoints that have a card, from first to last. */
	List<String> cards() {
		return this.driver.findElements(By.cssSelector("[data-endpoint]"))
			.stream()
			.map((card) -> card.getDomAttribute("data-endpoint"))
			.toList();
	}

	/** A part of a card. */
	WebElement part(String endpoint, String testId) {
		return card(endpoint).findElement(By.cssSelector("[data-testid='" + testId + "']"));
	}

	WebElement button(String endpoint, String action) {
		return card(endpoint).findElement(By.cssSelector("[data-action='" + action + "']"));
	}

	WebElement element(String testId) {
		return this.driver.findElement(By.cssSelector("[data-testid='" + testId + "']"));
	}

	Object script(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	void await(BooleanSupplier condition) {
		new WebDriverWait(this.driver, PATIENCE, GLANCE).until((driver) -> condition.getAsBoolean());
	}

}
