// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

import io.github.fallbackai.gateway.intake.RefusedBodyException.Reason;
import io.github.fallbackai.suite.Seed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a body is taken in, and what becomes of its buffers and of the memory it takes.
 */
class BodyReaderTests {

	private static final BodyLimits LIMITS = new BodyLimits(1_000_000, 1000, 1_000_000, 10, Duration.ofSeconds(10),
			1000);

	private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Room room = new Room(4_000_000);

	private final Seat seat = this.room.seat("client");

	private TestPublisher<DataBuffer> source;

	@Test
	void readsWhatCameInPiecesOfAnySize() throws IOException {
		Seed seed = Seed.any();
		Random random = new Random(seed.value());
		byte[] bytes = new byte[900_000];
		random.nextBytes(bytes);
		for (int index = 0; index < bytes.length; index++) {
			bytes[index] = (byte) ('a' + (bytes[index] & 15));
		}
		bytes[0] = '"';
		Flux<DataBuffer> pieces = Flux.generate(() -> 0, (from, sink) -> {
			int to = Math.min(bytes.length, from + 1 + random.nextInt(60_000));
			sink.next(this.buffers.allocateBuffer(to - from).write(bytes, from, to - from));
			if (to == bytes.length) {
				sink.complete();
			}
			return to;
		});
		Body body = BodyReader.read(pieces, -1, this.seat, LIMITS, this.time).block();
		assertThat(body.size()).isEqualTo(bytes.length);
		assertThat(this.room.taken()).isBetween(900_000L, 1_500_000L);
		assertThat(body.open().readAllBytes()).as(seed.toString()).isEqualTo(bytes);
		this.seat.takeForCall(body.size());
		assertThat(this.room.taken()).isEqualTo(2_700_000);
		this.seat.close();
		assertThat(this.room.taken()).isZero();
	}

	@Test
	void releasesEachPieceAtOnce() {
		Mono<Body> body = read(-1);
		StepVerifier.create(body).then(() -> {
			ByteBuf piece = emit("{\"a\":");
			assertThat(piece.refCnt()).isZero();
			ByteBuf last = emit("1}");
			assertThat(last.refCnt()).isZero();
			this.source.complete();
		}).assertNext((read) -> assertThat(read.size()).isEqualTo(7)).verifyComplete();
	}

	@Test
	void refusesWhatPauses() {
		assertRefused(-1, Reason.TOO_SLOW, () -> {
			emit(" ".repeat(500_000));
			this.time.advanceTimeBy(Duration.ofMillis(9_999));
			emit(" ");
			this.time.advanceTimeBy(Duration.ofMillis(9_999));
			assertThat(this.room.taken()).isPositive();
			this.time.advanceTimeBy(Duration.ofMillis(1));
		});
		this.source.assertCancelled();
	}

	@Test
	void refusesWhatTrickles() {
		assertRefused(-1, Reason.TOO_SLOW, () -> {
			for (int second = 1; second <= 19; second++) {
				emit(" ".repeat(480));
				this.time.advanceTimeBy(Duration.ofSeconds(1));
			}
			this.source.assertNotCancelled();
			this.time.advanceTimeBy(Duration.ofSeconds(1));
		});
		this.source.assertCancelled();
	}

	@Test
	void readsTheRestOfWhatIsTooLargeForAMomentOnly() {
		assertRefused(1_000_001, Reason.TOO_LARGE, () -> {
			assertThat(emit(" ").refCnt()).isZero();
			this.source.complete();
		});
		assertRefused(1_000_001, Reason.TOO_LARGE, () -> {
			assertThat(emit(" ").refCnt()).isZero();
			this.time.advanceTimeBy(Duration.ofMillis(500));
		});
		this.source.assertCancelled();
		assertThat(this.room.taken()).isZero();
	}

	@Test
	void noticesWhileItArrivesThatItIsTooMuch() {
		assertRefused(-1, Reason.TOO_COMPLEX, () -> {
			emit("[".repeat(11));
			assertThat(this.room.taken()).as("forgotten at once").isZero();
			emit("[".repeat(11));
			this.source.complete();
		});
		assertRefused(-1, Reason.TOO_LARGE, () -> {
			emit(" ".repeat(1_000_001));
			this.source.complete();
		});
	}

	@Test
	void leavesRoomForOtherClients() {
		Seat other = this.room.seat("other");
		other.take(900_000);
		this.room.seat("client").take(2_800_000);
		assertRefused(-1, Reason.CLIENT_FULL, () -> {
			emit(" ".repeat(500_000));
			this.source.complete();
		});
		Seat third = this.room.seat("third");
		this.source = TestPublisher.create();
		StepVerifier.create(BodyReader.read(this.source, -1, third, LIMITS, this.time)).then(() -> {
			emit(" ".repeat(500_000));
			this.source.complete();
		})
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(RefusedBodyException.class,
					(refused) -> assertThat(refused.reason()).isEqualTo(Reason.FULL)));
		other.close();
		assertThat(this.room.taken()).isEqualTo(2_800_000);
	}

	@Test
	void aClientThatLeavesIsNoErrorOfTheGateway() {
		assertRefused(-1, Reason.INCOMPLETE, () -> {
			emit("{");
			this.source.error(new IOException("Connection reset by peer"));
		});
		StepVerifier.create(read(-1)).thenCancel().verify();
		this.source.assertCancelled();
	}

	private void assertRefused(long length, Reason reason, Runnable events) {
		StepVerifier.create(read(length))
			.then(events)
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(RefusedBodyException.class,
					(refused) -> assertThat(refused.reason()).isEqualTo(reason)));
		this.seat.empty();
	}

	private Mono<Body> read(long length) {
		this.source = TestPublisher.create();
		return BodyReader.read(this.source, length, this.seat, LIMITS, this.time);
	}

	private ByteBuf emit(String text) {
		NettyDataBuffer buffer = this.buffers.allocateBuffer(text.length());
		buffer.write(text, StandardCharsets.UTF_8);
		this.source.next(buffer);
		return buffer.getNativeBuffer();
	}

}
