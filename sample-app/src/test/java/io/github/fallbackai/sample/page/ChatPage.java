// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The page as a person sees it.
 */
final class ChatPage {

	private static final String RECORD = """
			const [selector] = arguments;
			window.recordedTexts = [];
			new MutationObserver(() => {
				const text = document.querySelector(selector)?.innerText;
				if (text && text !== window.recordedTexts.at(-1)) {
					window.recordedTexts.push(text);
				}
			}).observe(document.body, { childList: true, subtree: true, characterData: true });
			""";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration GLANCE = Duration.ofMillis(20);

	private final ChromeDriver driver;

	private ChatPage(ChromeDriver driver) {
		this.driver = driver;
	}

	static ChatPage open(ChromeDriver driver, int port) {
		driver.get("http://localhost:" + port);
		ChatPage page = new ChatPage(driver);
		page.await(() -> page.all("provider", "").size() == 3);
		return page;
	}

	/** Makes the window as wide as a device, and light or dark. */
	static void device(ChromeDriver driver, int width, int height, String scheme) {
		driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
		driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** Types a question, presses Enter and returns the answer that begins. */
	Answer ask(String question) {
		int before = all("testid", "answer").size();
		message().sendKeys(question, Keys.ENTER);
		await(() -> all("testid", "answer").size() == before + 1);
		return new Answer(all("testid", "answer").get(before));
	}

	/** The answer at this place, the first of which has the number 0. */
	Answer answer(int number) {
		await(() -> all("testid", "answer").size() > number);
		return new Answer(all("testid", "answer").get(number));
	}

	/** Notes from now on every text that the first element of the selector shows. */
	void recordTexts(String selector) {
		this.driver.executeScript(RECORD, selector);
	}

	List<String> recordedTexts() {
		return ((List<?>) this.driver.executeScript("return window.recordedTexts")).stream()
			.map(String.class::cast)
			.toList();
	}

	/** Picks what goes wrong with a provider and waits until the panel shows it. */
	void choose(String provider, String mode) {
		card(provider).findElement(by("mode", mode)).click();
		awaitProvider(provider, "mode", mode);
	}

	/** Waits until the panel says this about a provider. */
	void awaitProvider(String provider, String attribute, String value) {
		await(() -> value.equals(card(provider).getDomAttribute("data-" + attribute)));
	}

	WebElement card(String provider) {
		return this.driver.findElement(by("provider", provider));
	}

	WebElement message() {
		return element("message");
	}

	WebElement element(String testId) {
		return this.driver.findElement(by("testid", testId));
	}

	List<WebElement> all(String attribute, String value) {
		return this.driver
			.findElements(value.isEmpty() ? By.cssSelector("[data-" + attribute + "]") : by(attribute, value));
	}

	void await(Condition condition) {
		new WebDriverWait(this.driver, PATIENCE, GLANCE).until((driver) -> condition.holds());
	}

	private static By by(String attribute, String value) {
		return By.cssSelector("[data-" + attribute + "='" + value + "']");
	}

	/**
	 * Something to wait for.
	 */
	interface Condition {

		boolean holds();

	}

	/**
	 * An answer on the page.
	 */
	final class Answer {

		private final WebElement element;

		private Answer(WebElement element) {
			this.element = element;
		}

		Answer awaitState(String state) {
			await(() -> state.equals(state()));
			return this;
		}

		Answer awaitText(Predicate<String> condition) {
			await(() -> condition.test(text()));
			return this;
		}

		String state() {
			return this.element.getDomAttribute("data-state");
		}

		String text() {
			return part("answer-text").getText();
		}

		WebElement part(String testId) {
			return this.element.findElement(by("testid", testId));
		}

		/** How many elements of this kind the text has. */
		int count(String selector) {
			return part("answer-text").findElements(By.cssSelector(selector)).size();
		}

		boolean hasPart(String testId) {
			return !this.element.findElements(by("testid", testId)).isEmpty();
		}

	}

}
