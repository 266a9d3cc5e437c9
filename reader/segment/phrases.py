"""The phrases of web pages that are not part of a story, by kind: data for `boilerplate`.

A phrase is in small letters, without punctuation at its ends; # stands for a number. Rows are
English, Portuguese, Russian, Spanish, French, German, Italian, then a few of other languages.
"""

# A heading above links to other stories; with a colon, the link may follow on the same line.
ANCHORS = (
    "see also|check also|read also|also read|also see|read next|up next|related|related posts"
    "|related articles|related stories|related news|related topics|related links|related content"
    "|more on this story|more on this topic|more from|more stories|more news|more like this"
    "|you may also like|you might also like|you may like|recommended|recommended for you"
    "|don't miss|most read|most popular|most viewed|trending|trending now"
    "|latest news|latest posts|latest stories|top stories|popular posts|featured post"
    "|featured posts|recent posts|recent news|recent comments|previous post|previous article"
    "|next post|next article|other news",
    "leia também|leia ainda|leia mais|veja também|veja mais|confira também|saiba mais"
    "|notícias relacionadas|artigos relacionados|matérias relacionadas|relacionadas|relacionados"
    "|conteúdo relacionado|mais lidas|mais lidos|mais vistas|mais notícias|últimas notícias"
    "|você pode gostar|você também pode gostar|postagens mais visitadas|post em destaque",
    "читайте также|читать также|читайте по теме|смотрите также|смотри также|см. также|по теме"
    "|материалы по теме|новости по теме|ещё по теме|еще по теме|похожие новости"
    "|похожие материалы|похожие статьи|похожие записи|другие новости|другие материалы"
    "|последние новости|главные новости|самое читаемое|популярное|популярные новости"
    "|рекомендуем|вам может быть интересно|вам может понравиться|ранее по теме",
    "lea también|lee también|leer también|ver también|vea también|te puede interesar"
    "|también te puede interesar|le puede interesar|noticias relacionadas|artículos relacionados"
    "|contenido relacionado|más leídas|lo más leído|más noticias|últimas noticias",
    "lire aussi|à lire aussi|à lire également|voir aussi|articles liés|articles similaires"
    "|articles connexes|sur le même sujet|les plus lus|dans la même rubrique|à découvrir",
    "siehe auch|lesen sie auch|lesen sie mehr|auch interessant|mehr zum thema|mehr dazu"
    "|das könnte sie auch interessieren|das könnte dich auch interessieren|verwandte artikel"
    "|verwandte themen|ähnliche artikel|ähnliche beiträge|meistgelesen|weitere artikel"
    "|weitere meldungen",
    "leggi anche|vedi anche|potrebbe interessarti|potrebbe interessarti anche"
    "|articoli correlati|notizie correlate|i più letti|altri articoli|ti potrebbe interessare",
    "ayrıca okuyun|ilgili haberler|lees ook|zobacz także|zobacz też|czytaj też|czytaj także"
    "|przeczytaj także|читайте також|相关新闻|相关阅读|相关文章|相关链接|延伸阅读|推荐阅读"
    "|相關新聞|相關文章|関連記事|関連ニュース|あわせて読みたい|관련기사|관련 기사"
    "|اقرأ أيضا|اقرأ أيضاً|اقرأ أيضًا|مواضيع ذات صلة|مقالات ذات صلة",
)

COMMENTS = (
    "no comments|no comments yet|# comment|# comments|comment|comments|post a comment"
    "|leave a comment|leave a reply|add a comment|write a comment|add comment|view comments"
    "|show comments|be the first to comment|comments are closed",
    "comentários|# comentário|# comentários|nenhum comentário|sem comentários|comente"
    "|deixe um comentário|deixe seu comentário|deixe o seu comentário|escreva um comentário"
    "|postar um comentário|adicionar comentário|enviar comentário",
    "комментарии|комментариев нет|нет комментариев|# комментарий|# комментария"
    "|# комментариев|оставить комментарий|добавить комментарий|написать комментарий"
    "|отправить комментарий|обсудить|обсуждение",
    "comentarios|# comentario|# comentarios|sin comentarios|no hay comentarios"
    "|deja un comentario|dejar un comentario|deja tu comentario|publicar un comentario",
    "commentaires|# commentaire|# commentaires|aucun commentaire|laisser un commentaire"
    "|ajouter un commentaire|écrire un commentaire|publier un commentaire|réagir",
    "kommentare|# kommentar|# kommentare|keine kommentare|kommentar schreiben"
    "|kommentar hinterlassen|kommentar verfassen|kommentar veröffentlichen"
    "|schreibe einen kommentar|schreiben sie einen kommentar",
    "commenti|# commento|# commenti|nessun commento|lascia un commento|scrivi un commento"
    "|aggiungi un commento|posta un commento",
    "yorum yap|yorumlar|reacties|komentarze|dodaj komentarz|коментарі|发表评论|评论|留言|コメント"
    "|コメントを書く|댓글|التعليقات|أضف تعليق|أضف تعليقا|اترك تعليقا",
)

SHARE = (
    "share|share this|share on|share this article|share this story|share this post|tweet"
    "|tweet this|pin it|print this page|print this article|email this|email this article"
    "|send to a friend|facebook|twitter|whatsapp|telegram|linkedin|reddit|instagram|pinterest"
    "|youtube|follow us|like us on facebook|copy link",
    "compartilhe|compartilhar|compartilhe isso|compartilhe esta notícia|compartilhe esta matéria"
    "|compartilhe este artigo|partilhar|partilhe|enviar por e-mail|siga-nos"
    "|tuitar|curtir",
    "поделиться|поделитесь|поделиться новостью|поделиться статьёй|поделиться в соцсетях"
    "|распечатать|версия для печати|вконтакте|одноклассники|отправить другу|мы в соцсетях",
    "compartir|comparte|comparte esto|comparte esta noticia|comparte este artículo|síguenos"
    "|enviar por correo",
    "partager|partagez|partager cet article|suivez-nous|imprimer|envoyer par e-mail",
    "teilen|artikel teilen|diesen artikel teilen|drucken|twittern|folgen sie uns",
    "condividi|condividi su|condividi questo articolo|seguici|stampa|invia per e-mail",
    "paylaş|delen|udostępnij|поширити|分享|分享到|シェア|シェアする|공유|شارك|مشاركة",
)

READ_MORE = (
    "read more|see more|show more|view more|load more|learn more|continue reading|full story"
    "|read full article|read the full story",
    "ler mais|ver mais|continue lendo|continuar lendo",
    "подробнее|читать далее|читать дальше|читать полностью|далее|показать ещё|показать еще",
    "leer más|ver más|seguir leyendo|sigue leyendo|lire la suite|en savoir plus|lire plus",
    "mehr lesen|weiterlesen|mehr anzeigen|weiter lesen|leggi tutto|leggi di più"
    "|continua a leggere|devamını oku|lees meer|czytaj więcej|читати далі|阅读全文|查看更多"
    "|続きを読む|もっと見る|더보기|اقرأ المزيد|المزيد",
)

WIDGETS = (
    "blog archive|search this blog|search this site|skip to content"
    "|skip to main content|back to top|advertisement|advertisements|sponsored|sponsored content"
    "|newer post|older post|newer posts|older posts|total pageviews|about me"
    "|view my complete profile|privacy policy|terms of use|terms of service|cookie policy"
    "|contact us|about us|all rights reserved",
    "publicidade|continua após a publicidade|continua depois da publicidade|anuncie aqui"
    "|política de privacidade|termos de uso|fale conosco|voltar ao topo|postagem mais recente"
    "|postagem mais antiga|arquivo do blog|página inicial|todos os direitos reservados",
    "реклама|на правах рекламы|наверх|вернуться к началу|политика конфиденциальности"
    "|пользовательское соглашение|обратная связь|все права защищены|новости партнёров"
    "|новости партнеров|на главную",
    "publicidad|política de privacidad|aviso legal|volver arriba|todos los derechos reservados"
    "|publicité|mentions légales|politique de confidentialité|retour en haut"
    "|tous droits réservés|anzeige|werbung|impressum|datenschutz|datenschutzerklärung"
    "|nach oben|alle rechte vorbehalten|pubblicità|torna su|tutti i diritti riservati"
    "|广告|返回顶部|版权所有|広告|広告の下に続く|إعلان|جميع الحقوق محفوظة",
)

# Words before a colon, which is followed by a name, a source or key words.
CREDITS = (
    "photo|photos|photo by|photo credit|image|image credit|picture|caption|photograph|foto|fotos"
    "|crédito|créditos|imagem|фото|фотография|imagen|crédit photo|photo d'illustration|bild"
    "|bildquelle|immagine|图|图片来源|写真|사진|الصورة|صورة",
)
BYLINES = (
    "author|authors|written by|text by|reported by|reporting by|editing by|editor|translated by"
    "|autor|autora|texto|redação|edição|автор|авторы|текст|редактор|корреспондент|перевод"
    "|redacción|auteur|rédaction|redaktion|autore|redazione|yazar|作者|编辑|责任编辑|記者|الكاتب",
)
SOURCES = ("source|sources|via|fonte|fontes|источник|источники|fuente|quelle|quellen|来源|出典",)
TAGS = (
    "tag|tags|label|labels|keyword|keywords|topics|category|categories|filed under|posted in"
    "|etiquetas|marcadores|palavras-chave|categorias|assuntos|теги|тэги|метки|рубрика|рубрики"
    "|ключевые слова|palabras clave|categorías|mots-clés|étiquettes|schlagwörter"
    "|schlagworte|kategorien|categorie|etiketler|标签|关键词|タグ",
)

# Words of menus: evidence only on what is known to be a web page.
MENU = (
    "home|homepage|home page|news|world|politics|business|economy|sports|sport|culture|opinion"
    "|video|videos|photos|gallery|search|menu|login|log in|sign in|sign up|register|subscribe"
    "|newsletter|contact|about|archive|archives|top|next|previous|more|print|email|save|reply",
    "início|notícias|mundo|política|economia|esportes|esporte|cultura|opinião|vídeos|fotos"
    "|buscar|entrar|cadastre-se|assine|contato|sobre|arquivo|anterior|próximo|imprimir",
    "главная|новости|мир|в мире|политика|экономика|спорт|культура|общество|мнения|видео|фото"
    "|поиск|войти|вход|регистрация|подписка|контакты|о нас|архив|назад|вперёд|вперед|ещё",
    "inicio|noticias|deportes|opinión|contacto|accueil|actualités|monde|politique|économie"
    "|culture|vidéos|recherche|connexion|startseite|nachrichten|politik|wirtschaft|kultur"
    "|suche|anmelden|kontakt|notizie|mondo|sport|cerca|accedi|contatti",
    "首页|新闻|国际|体育|财经|文化|视频|登录|注册|首頁|新聞|體育|ホーム|ニュース|スポーツ|検索|홈|뉴스"
    "|ana sayfa|haberler|spor|nieuws|aktualności|новини|الرئيسية|أخبار|رياضة|سياسة|اقتصاد",
)

# Words that a date is made of, besides numbers.
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december",
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec",
    "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
    "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь",
    "enero|febrero|marzo|mayo|junio|julio|septiembre|octubre|noviembre|diciembre",
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "januar|februar|märz|juni|juli|oktober|dezember",
    "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre",
    "ocak|şubat|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|月|월",
)
DATE_WORDS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun",
    "segunda|terça|quarta|quinta|sexta|feira|sábado|domingo",
    "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье",
    "lunes|martes|miércoles|jueves|viernes",
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
    "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|年|日|년|일|星期|曜日",
    "st|nd|rd|th|am|pm|h|min|el|le|il|den|der|vom|las|alle|de|del|di|do|da|à|às|as|a|at|на|в|г|года|год|ч|um|uhr|ore",
    "gmt|utc|est|edt|pst|cet|msk|мск|bst|published|updated|posted|on|last|modified",
    "publicado|atualizado|em|опубликовано|обновлено|publié|mis|jour|veröffentlicht",
    "aktualisiert|pubblicato|aggiornato|actualizado",
)
