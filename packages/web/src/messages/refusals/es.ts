import type { Translation } from "../frame/en.ts";
import type { refusals as english } from "./en.ts";

export const refusals: Translation<typeof english> = {
  "refusal.exactly": "Lo hallado, con exactitud:",
  "refusal.accepted-binds": "Su parte ha aceptado la cláusula {clause}. Lo aceptado obliga.",
  "refusal.already-done": "Esto ya está hecho. Mire la página como está ahora.",
  "refusal.already-open": "Ya hay otro con este nombre. Elija otro nombre.",
  "refusal.answer-final": "Su parte ha respondido. La respuesta es definitiva.",
  "refusal.answers-closed": "Ya no se reciben respuestas a este paquete.",
  "refusal.bad-body": "Algo aquí no es como el acto lo requiere.",
  "refusal.bad-fence": "Una parte destacada de la fuente no está bien abierta o cerrada.",
  "refusal.bad-file": "Este archivo no es válido como registro. No se ha abierto.",
  "refusal.bad-header": "No se pueden leer las líneas del encabezado de la fuente.",
  "refusal.bad-id": "Un identificador del texto no tiene la forma debida.",
  "refusal.bad-invitation":
    "Esta invitación no vale: se usó, se retiró, o es para otro puesto o función. Pida otra.",
  "refusal.bad-kit": "El kit no se abre con esta frase de paso, o está dañado.",
  "refusal.bad-link": "Este enlace no abre ninguna cuenta.",
  "refusal.bad-preferences":
    "Este archivo no puede leerse como las preferencias de su parte sobre este texto.",
  "refusal.bad-proof": "Esto no prueba que el dispositivo tenga una clave de este caso.",
  "refusal.bad-request": "El servidor no entendió lo enviado.",
  "refusal.bad-signature": "Una firma no es válida. No se ha registrado nada.",
  "refusal.bracket-agreed": "El corchete {bracket} está acordado ad referéndum. Reábralo primero.",
  "refusal.bracket-nested":
    "El corchete {bracket} está dentro de una alternativa no elegida del corchete {within}. Elija primero esa alternativa.",
  "refusal.bracket-on-table": "Una propuesta sobre {bracket} espera respuestas. Actúe cuando hayan llegado.",
  "refusal.case-mismatch": "Esto pertenece a otro caso.",
  "refusal.consents-missing":
    "El custodio del registro cambia con el consentimiento de todas las partes principales. Faltan: {parties}.",
  "refusal.contact-changed":
    "Este contacto ha cambiado entretanto. Mírelo de nuevo y acéptelo tal como está.",
  "refusal.contact-parties": "Un contacto tiene al menos dos partes, cada una nombrada una vez.",
  "refusal.contact-times": "Un contacto termina después de empezar.",
  "refusal.demo-key": "Esta clave se publica para demostraciones y solo sirve en casos de demostración.",
  "refusal.device-not-proven": "Esta cuenta no ha probado que tiene el dispositivo que firmó.",
  "refusal.device-revoked": "Este dispositivo fue revocado. Use otro dispositivo de su puesto.",
  "refusal.duplicate-id": "Dos partes del texto tienen el mismo identificador.",
  "refusal.exercise-unmarked": "El texto de un ejercicio lo dice en su encabezado. Ponga allí «{code}».",
  "refusal.forbidden": "Su cuenta no puede hacer esto. Consulte a quien administra el servidor.",
  "refusal.foreign-origin": "El servidor no recibe peticiones de otros sitios.",
  "refusal.full-powers":
    "Indique los plenos poderes si la firma se apoya en ellos. Los jefes de Estado o de gobierno y los ministros de relaciones exteriores no los necesitan.",
  "refusal.head-went-back": "Este dispositivo ya había verificado un estado posterior del registro.",
  "refusal.id-taken": "El texto ya tiene una parte con este identificador.",
  "refusal.idempotency-key-reused": "Esto ya se envió con otro contenido. Hágalo de nuevo.",
  "refusal.internal": "Algo falló en el servidor; su bitácora dice qué. Inténtelo más tarde.",
  "refusal.invitation-ended": "Esta invitación ha vencido. Pida otra.",
  "refusal.invitation-past": "La invitación terminaría antes de empezar. Elija un plazo posterior.",
  "refusal.language-not-filed": "No se ha depositado ningún texto en {language}. Deposítelo primero.",
  "refusal.last-head": "Una delegación tiene un solo jefe. Dé primero la función de jefe a otro miembro.",
  "refusal.link-not-valid": "Este enlace no vale: se usó, venció o nunca se dio.",
  "refusal.longest-wait":
    "Las modalidades dejan que un paquete espere {days, plural, one {# día} other {# días}} como máximo.",
  "refusal.method-not-allowed": "El servidor no recibe este tipo de petición.",
  "refusal.no-device": "En este navegador no se guarda ningún dispositivo de este caso.",
  "refusal.not-a-member":
    "Este dispositivo, o quien lo tiene, no pertenece a ninguna delegación de este caso.",
  "refusal.not-agreed": "No todas las partes lo han acordado aún.",
  "refusal.not-akoma-ntoso": "Este archivo no es Akoma Ntoso.",
  "refusal.not-confirmed": "No todas las capitales han confirmado lo acordado.",
  "refusal.not-consented": "No todas las partes principales han consentido aún.",
  "refusal.not-found": "Aquello a lo que esto se refiere no está aquí, o no se da a su puesto.",
  "refusal.not-given": "Este caso no se le da.",
  "refusal.not-yet-checked":
    "Aquí no se hace nada antes de que este navegador haya verificado todo el registro.",
  "refusal.not-in-audience": "Su puesto no está entre aquellos a quienes esto se dice.",
  "refusal.not-keeper": "Aquí no puede añadirse nada: este servidor no es el custodio del caso.",
  "refusal.not-received": "Ningún dispositivo suyo lo ha recibido aún, y no puede acusarse recibo.",
  "refusal.not-signed-in": "Entre primero.",
  "refusal.not-text":
    "Este archivo no es texto. Se lee un documento de Word (.docx), Markdown o texto sin formato en UTF-8. Guárdelo de una de estas formas.",
  "refusal.not-undertaken": "La parte a la que corresponde esta medida aún no la ha asumido.",
  "refusal.not-word": "Esto no es un documento de Word, o está cortado.",
  "refusal.not-yours": "Esto corresponde a otra parte o a otra persona.",
  "refusal.offline": "No se alcanza el servidor. No se ha enviado nada.",
  "refusal.openid-failed": "No se pudo entrar por su proveedor. Empiece de nuevo.",
  "refusal.openid-off": "Este servidor no tiene proveedor de acceso.",
  "refusal.openid-other-account": "Esta identidad del proveedor pertenece a otra cuenta.",
  "refusal.openid-unknown-account": "Ninguna cuenta está aquí vinculada a esta identidad del proveedor.",
  "refusal.other-window": "Otra ventana registró algo antes. Abra el caso de nuevo.",
  "refusal.package-empty": "Un paquete resuelve al menos un corchete.",
  "refusal.party-not-given":
    "{seat} no recibiría esto. Elija un círculo más amplio de destinatarios o quite a esta parte.",
  "refusal.passkey-not-given": "No se dio ninguna clave de acceso. No se ha enviado nada.",
  "refusal.passkey-not-valid": "Esta clave de acceso no fue aceptada. Empiece de nuevo.",
  "refusal.power-missing": "Su parte no tiene el poder que esto requiere.",
  "refusal.read-only": "Esto es un archivo: aquí se lee y no se le añade nada.",
  "refusal.recovery-only":
    "Un dispositivo de recuperación añade y revoca dispositivos y conserva el puesto, nada más.",
  "refusal.refused": "El servidor no recibió esto.",
  "refusal.seat-needed": "Sus dispositivos están en varios puestos. Elija primero uno.",
  "refusal.seat-taken": "El puesto {seat} está ocupado. Ahora solo su parte nombra a los suyos.",
  "refusal.second-officer": "Quien envía no comprueba. Lo hace un segundo oficial.",
  "refusal.session-header-missing": "No se indica la sesión. Abra la página de nuevo.",
  "refusal.shared-head-missing": "Un círculo se apoya en un caso abierto.",
  "refusal.shared-head-went-back":
    "El estado del registro sobre el que se firmó es anterior a aquel en que se apoya el círculo.",
  "refusal.source-needed": "Quien registra indica la fuente de todo lo que registra.",
  "refusal.stale-consent":
    "El guardián ha cambiado desde que se firmó este consentimiento. Todos consienten de nuevo.",
  "refusal.stale-amendment":
    "Otra enmienda cambió el mismo lugar desde que se propuso esta. Propóngala de nuevo.",
  "refusal.stale-recipients":
    "Los dispositivos de los destinatarios han cambiado desde que se selló. Séllelo de nuevo.",
  "refusal.stale-revision":
    "El texto ha cambiado entretanto. Mírelo de nuevo y actúe sobre la revisión actual.",
  "refusal.step-up-needed": "Esto obliga a una parte. Pruebe una vez más que es usted.",
  "refusal.step-up-unavailable":
    "Esta cuenta no tiene clave de acceso. Añada una en la página de su cuenta, o use su proveedor.",
  "refusal.still-open": "Nada está acordado hasta que todo esté acordado. Aún abiertos: {brackets}.",
  "refusal.stopping": "El servidor va a detenerse. Envíe lo mismo de nuevo en breve.",
  "refusal.storage-busy": "El almacén del servidor está ocupado. Envíe lo mismo de nuevo en breve.",
  "refusal.storage-failed": "El servidor no pudo escribir. No se ha registrado nada.",
  "refusal.storage-full": "Al servidor no le queda espacio. No se ha registrado nada.",
  "refusal.storage-unavailable": "El servidor no alcanza su almacén. Inténtelo más tarde.",
  "refusal.time-went-back":
    "El reloj del custodio va por detrás del registro. Avise a quien administra el servidor.",
  "refusal.too-deep": "Los corchetes de este texto están anidados en exceso.",
  "refusal.too-early": "Aún no ha llegado el momento.",
  "refusal.too-few-alternatives":
    "Un corchete conserva al menos dos alternativas. Para dejar una, acuérdenla.",
  "refusal.too-large": "Esto es mayor de lo que aquí se recibe.",
  "refusal.too-late": "El plazo ha pasado.",
  "refusal.too-many-brackets": "Este texto tiene más corchetes de los que se reciben.",
  "refusal.too-many-devices":
    "Un miembro tiene como máximo {count, plural, one {# dispositivo} other {# dispositivos}}. Revoque uno primero.",
  "refusal.too-many-requests": "Se pidió demasiado al servidor en poco tiempo. Inténtelo en un minuto.",
  "refusal.too-many-streams":
    "El servidor sigue tantas páginas abiertas como puede. Cierre algunas e inténtelo de nuevo.",
  "refusal.unknown-bracket": "El corchete ya no está en el texto.",
  "refusal.unknown-clause": "La cláusula ya no está en el texto.",
  "refusal.unknown-device": "Ningún dispositivo de este caso ha firmado esto.",
  "refusal.unknown-head": "Esto se firmó sobre un estado que el registro nunca tuvo.",
  "refusal.unknown-kind":
    "Este tipo de acto no se conoce aquí. El caso puede ser de una versión más reciente.",
  "refusal.unknown-option": "La alternativa no está en el texto, o no puede elegirse mientras esté abierta.",
  "refusal.unknown-shared-head": "Esto se firmó sobre un estado que el registro nunca tuvo.",
  "refusal.unknown-version": "Esto se hizo con una versión que aquí no se conoce.",
  "refusal.unsafe-file": "Este archivo contiene partes que por seguridad no se leen.",
  "refusal.unsent": "Lo que firmó antes aún espera la línea con el servidor.",
  "refusal.solver-ended":
    "El navegador no inició el solucionador, o lo terminó, por falta de memoria por ejemplo. Cierre lo que no necesite y calcule de nuevo.",
  "refusal.solver-fault":
    "El solucionador tuvo un fallo propio y no dio respuesta; no se muestra nada, porque nada está probado. Calcule de nuevo, e informe si se repite.",
  "refusal.words-not-found":
    "Estas palabras ya no están en la cláusula, o están compuestas de varias maneras.",
  "refusal.wrong-audience": "Esto no puede decirse a estos lectores.",
  "refusal.wrong-case": "Esto pertenece a otro caso.",
  "refusal.wrong-count": "Otro acto de este dispositivo se registró antes. Hágalo de nuevo.",
  "refusal.wrong-device-keys": "Las claves del dispositivo no corresponden a su identificador.",
  "refusal.wrong-log": "Esto pertenece a otra parte del registro.",
  "refusal.wrong-opening": "Lo que abre el registro no corresponde a su nombre.",
  "refusal.wrong-phase": "Esto no tiene lugar en la etapa actual.",
  "refusal.wrong-role": "Esto corresponde a otra función en la delegación.",
  "refusal.wrong-seat": "Esto no es para su puesto.",
  "refusal.wrong-text": "Ninguno de estos es el texto tal como está acordado.",
};
