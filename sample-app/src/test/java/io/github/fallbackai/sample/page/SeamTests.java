// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.util.List;

import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class SeamTests {

	private static final String TEXT = """
			## A heading

			Some *emphasis*, **strength** and `code`, a [link](https://example.com/a) and ~~nothing~~.
			A second line.

			* one
			* **two** words
			   1. inner

			> quoted
			> again

			```java
			int a = 1;
			```

			| a | b |
			|---|--:|
			| c | d |

			---
			The end.
			""";

	/** Cuts the text everywhere and tells where the seam changes more than itself. */
	private static final String CUT_EVERYWHERE = """
			const [text, done] = arguments;
			import("/markdown.js").then(({ render }) => {
				const html = (at) => {
					const seams = (at === null) ? [] : [{ at, from: "a", to: "b", model: "m", reason: "R" }];
					const box = document.createElement("div");
					box.append(...render(text, seams));
					const marks = box.querySelectorAll(".seam");
					marks.forEach((mark) => mark.remove());
					box.normalize();
					return (at === null || marks.length === 1) ? box.innerHTML : "seams: " + marks.length;
				};
				const whole = html(null);
				done([...text].map((_, at) => at + 1).filter((at) => html(at) !== whole).map((at) => at + ": " + text.slice(at, at + 12)));
			}, (error) => done([String(error)]));
			""";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@LocalServerPort
	private int port;

	@Test
	void aSeamChangesNothingElseWhereverItIs() {
		ChatPage.open(chromium.driver(), this.port);
		assertThat((List<?>) chromium.driver().executeAsyncScript(CUT_EVERYWHERE, TEXT)).isEmpty();
	}

}
