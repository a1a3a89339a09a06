// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.List;
import java.util.Locale;

/**
 * What the simulated models have to say: long enough to be broken half-way, and in
 * Markdown, as real models write.
 */
final class AnswerTexts {

	private static final String SHORT = "In short: when a provider fails, the next one answers.";

	private static final String BREAKER = """
			Imagine a light switch that looks after your house.

			1. As long as all is well, it stays **closed** and the current flows.
			2. When the lamp fails a few times in a row, it **opens**, so that the broken lamp does no more harm.
			3. After a while it lets *one* spark through to see whether the lamp works again. That is the probe.

			| state | what happens to a call |
			|---|---|
			| closed | it goes through |
			| open | it goes to the next provider at once |
			| half-open | one call finds out, the others do not wait |

			So a provider that is down costs you a few failures, and after that nothing until it is back. Without a \
			breaker, each of your calls would have to find out for itself.""";

	private static final String OUTAGE = """
			Most of the time, you will not notice. Here is what goes on behind the curtain:

			* **Before the first word** the next provider gets your whole question. You only wait a little longer.
			* **In the middle of an answer** the next provider gets the question *and* what I have said so far, and goes on \
			from there. A word that both of them said is dropped.
			* **When nobody can answer**, you get an error that says so, and when it makes sense to try again.

			Try it: choose `cut-mid-stream` for my provider in the chaos panel, and ask me this once more. The text will be \
			the same. Only the name below it will be another one.

			> A provider that hangs is worse than one that fails, because it takes your time before it takes your answer. \
			That is why every call has several limits: one for the first word and one for the silence between two words.""";

	private static final String MONEY = """
			I am a simulated model, and nobody pays for me. But I have a price, so that you can see how costs add up.

			## What is counted

			Every attempt has a cost, the failed ones too, because a provider may charge for what you did not wait for. \
			The line below this answer is the sum of them.

			```yaml
			fallback:
			  ai:
			    endpoints:
			      - name: premium
			        price: { input: 2.50, output: 10.00 }
			        spend-limit: { amount: 20, period: 1d }
			```

			With a limit like that, calls skip the endpoint when its budget for the day is spent, and the cheaper one behind \
			it answers. Break my provider, ask again, and compare the two costs.""";

	private static final String CODE = """
			A real model would now think hard. I can at least show how little code it takes:

			```java
			@RestController
			class ChatController {

				private final AiFallbackTemplate ai;

				ChatController(AiFallbackTemplate ai) {
					this.ai = ai;
				}

				@GetMapping("/ask")
				Flux<String> ask(@RequestParam String question) {
					return this.ai.streamText(question);
				}

			}
			```

			There is no provider in it, no retry and no timeout. All of that is in `application.yml`, where the endpoints are \
			listed in the order in which you want them. **The order is the whole idea:** the first one that may be asked is \
			asked, and the others wait for their turn.

			1. premium, which is fast and expensive
			2. budget, which is cheap
			3. last-resort, which is slow and always there.""";

	private static final String STREAM = """
			Every word of this answer is one event of a stream. It comes over a real connection, and its pace is watched.

			* If the first word takes too long, another provider is asked.
			* If I fall silent in the middle of a sentence, another provider goes on with it.
			* If you press **Stop**, my connection is closed, so that nobody generates what nobody reads.

			What you cannot see is the work at the seam. The next provider often begins with the last words of the one \
			before, or says everything again from the start. Both are recognised and dropped. Choose *Show seams* above to \
			see where one model ended and the next one began, and then choose a fault in the panel.""";

	private static final String STAMINA = """
			That deserves a better answer than a simulated model can give. What I can offer is stamina.

			**An experiment in four steps**

			1. Choose `500` for premium in the panel and ask me something. Budget answers, and a line below says why.
			2. Ask twice more. After three failures in a row, the circuit breaker of premium opens.
			3. Ask again. Nobody bothers premium now, and the answer begins as fast as if it did not exist.
			4. Choose *Healthy* and wait a few seconds. A probe finds out, and premium is back.

			During all of this you have seen no error. The breaker is that of \
			[Resilience4j](https://github.com/resilience4j/resilience4j), and its state is what you see in the panel.""";

	private static final List<String> ALL = List.of(BREAKER, OUTAGE, MONEY, CODE, STREAM, STAMINA);

	private AnswerTexts() {
	}

	/** An answer that fits, as far as a simulated model can tell. */
	static String about(String question) {
		String words = question.toLowerCase(Locale.ROOT);
		if (words.contains("briefly")) {
			return SHORT;
		}
		if (words.contains("breaker")) {
			return BREAKER;
		}
		if (words.contains("goes down") || words.contains("fail")) {
			return OUTAGE;
		}
		if (words.contains("pay") || words.contains("cost")) {
			return MONEY;
		}
		return ALL.get(Math.floorMod(question.strip().hashCode(), ALL.size()));
	}

}
