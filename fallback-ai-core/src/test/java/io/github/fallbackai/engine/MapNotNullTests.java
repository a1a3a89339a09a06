// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class MapNotNullTests {

	@Test
	void asksForAnotherElementInsteadOfOneThatIsSkipped() {
		Flux<String> even = new MapNotNull<>(Flux.range(1, 100), MapNotNullTests::even);
		StepVerifier.create(even, 0)
			.thenRequest(1)
			.expectNext("2")
			.thenRequest(2)
			.expectNext("4", "6")
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(47)
			.verifyComplete();
	}

	@Test
	void endsWithWhatTheMapperThrows() {
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.create(new MapNotNull<>(source.flux(), MapNotNullTests::even))
			.then(() -> source.next(2, -1))
			.expectNext("2")
			.verifyErrorMessage("negative");
		source.assertCancelled();
	}

	@Test
	void ignoresWhatComesAfterTheEnd() {
		TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		StepVerifier.create(new MapNotNull<>(source.flux(), MapNotNullTests::even))
			.then(() -> source.next(2).complete().next(4).complete())
			.expectNext("2")
			.expectComplete()
			.verifyThenAssertThat()
			.hasDropped(4);
	}

	@Test
	void passesCancellationAndErrorsOn() {
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.create(new MapNotNull<>(source.flux(), MapNotNullTests::even)).thenCancel().verify();
		source.assertCancelled();
		StepVerifier
			.create(new MapNotNull<>(Flux.<Integer>error(new IllegalStateException("broken")), MapNotNullTests::even))
			.verifyErrorMessage("broken");
	}

	private static String even(int number) {
		if (number < 0) {
			throw new IllegalArgumentException("negative");
		}
		return (number % 2 == 0) ? String.valueOf(number) : null;
	}

}
