import { useEffect, useRef, useState } from 'preact/hooks';
import { Sheet } from '../app/parts.tsx';
import { t } from '../app/texts.ts';

type Detector = { detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

/** Chromium on Android has a detector of its own. Elsewhere ZXing is read: 0.5 MB, once. */
const detectorClass = async (): Promise<DetectorClass> => {
  const own = (globalThis as { readonly BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (own) return own;
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm'),
  ]);
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  return BarcodeDetector as unknown as DetectorClass;
};

export const canScan = (): boolean => navigator.mediaDevices !== undefined;

const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'code_128', 'qr_code'];

/** The rear camera, until a barcode is read. */
export const Scanner = ({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) => {
  const video = useRef<HTMLVideoElement>(null);
  const [isUnable, setUnable] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOver = false;
    const read = async () => {
      const Found = await detectorClass();
      const detector = new Found({ formats: FORMATS });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (!video.current || isOver) return stop();
      video.current.srcObject = stream;
      await video.current.play();
      const look = async () => {
        if (isOver || !video.current) return;
        const [code] = await detector.detect(video.current).catch(() => []);
        if (code) return onCode(code.rawValue);
        requestAnimationFrame(look);
      };
      await look();
    };
    const stop = () => {
      isOver = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    read().catch(() => setUnable(true));
    return stop;
  }, []);
  return (
    <Sheet title={t('scan')} onClose={onClose}>
      {isUnable ? (
        <p class="notice" role="alert">
          {t('scanUnable')}
        </p>
      ) : (
        <>
          <video ref={video} class="camera" muted playsInline />
          <p>{t('scanHint')}</p>
        </>
      )}
    </Sheet>
  );
};
